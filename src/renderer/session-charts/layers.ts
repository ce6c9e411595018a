import { type ColourToken, shadeCount } from '#renderer/charts/index.ts'
import { waitClassToken } from '#renderer/theme/index.ts'
import type { LoadDimension } from '#shared/activity/index.ts'
import type { LoadSeries } from '#shared/contract/index.ts'
import { type WaitClass, waitClasses } from '#shared/waits/index.ts'
import { othersKey } from './compose-load.ts'

/** Layers of a stack beside the one for the rest. */
export const mostLayers = 8

/** `Activity` is rest, and never load. */
const loadClasses = waitClasses.filter((waitClass) => waitClass !== 'Activity')

/**
 * The keys that get layers, from the bottom, with the one for the rest last. Wait classes have their fixed order; of
 * other dimensions a key keeps its place for as long as it is among the largest, so that nothing changes sides.
 *
 * @param before the layers until now
 */
export function chooseLayers(
  by: LoadDimension,
  series: LoadSeries | undefined,
  before: readonly string[],
): readonly string[] {
  if (by === 'waitClass') return loadClasses
  const largest = (series?.keys ?? []).slice(0, mostLayers).map(({ key }) => key)
  const free = largest.filter((key) => !before.includes(key))
  const kept = before
    .filter((key) => key !== othersKey)
    .map((key) => (largest.includes(key) ? key : free.shift()))
  const keys = [...kept.filter((key) => key !== undefined), ...free]
  return [...keys, othersKey]
}

/** The colours of layers: wait classes have their own, events a shade of their class's, the rest none of meaning. */
export function colourLayers(by: LoadDimension, layers: readonly string[]): readonly ColourToken[] {
  const shades = new Map<WaitClass, number>()
  return layers.map((key, at): ColourToken => {
    if (key === othersKey) return '--ink-3'
    if (by === 'waitClass' || by === 'waitEvent') {
      const waitClass = waitClassOf(key)
      if (waitClass === undefined) return '--ink-3'
      const shade = shades.get(waitClass) ?? 0
      shades.set(waitClass, shade + 1)
      return `${waitClassToken[waitClass]}/${shade % shadeCount}`
    }
    return `--series-${(at % mostLayers) + 1}`
  })
}

/** The class of a key of waits: `IO:DataFileRead` and `IO` are of `IO`. */
export function waitClassOf(key: string): WaitClass | undefined {
  const name = key.split(':')[0]
  return waitClasses.find((waitClass) => waitClass === name)
}
