import type { Hertz, Milliseconds, Ratio } from '#shared/units/index.ts'
import type { PaceChange } from './pace.ts'

/** What to tell people about a change of pace. */
export function describePace(
  { collector, before, now }: PaceChange,
  facts: {
    /** The time between its looks, as asked for. */
    readonly periodMs: Milliseconds
    readonly isActivity: boolean
    readonly share: Ratio
    readonly budget: Ratio
  },
): { readonly label: string; readonly because: string | undefined } {
  const { periodMs, isActivity, share, budget } = facts
  const pace = (slowdown: number): string =>
    isActivity ? formatHz(1_000 / (periodMs * slowdown)) : formatSeconds(periodMs * slowdown)
  const from = `${isActivity ? '' : `${collector} every `}${pace(before)}`
  const rates = `${from} → ${pace(now)}${isActivity ? ' Hz' : ' s'}`
  const tooMuch = `watching took ${formatShare(share)} of a core, more than ${formatShare(budget)}`
  if (now > before) {
    const when = isActivity ? `At ${pace(before)} Hz` : `With ${collector} read every ${pace(before)} s`
    return { label: `${rates}: ${tooMuch}`, because: `${when} ${tooMuch}.` }
  }
  return {
    label: `${rates}: watching is cheap again, ${formatShare(share)} of a core`,
    because: now === 1 ? undefined : 'Watching is cheap again: it goes back to its pace step by step.',
  }
}

const formatHz = (hz: Hertz): string => String(Number(hz.toPrecision(2)))

const formatSeconds = (ms: Milliseconds): string => String(Number((ms / 1_000).toPrecision(3)))

const formatShare = (share: Ratio): string => `${Number((share * 100).toPrecision(2))} %`
