import { useState } from 'react'
import { readJson, setPreference, usePreference, usePreferences } from './preferences.ts'

/** Which panel fills the frame. */
export function useActivePanel(first: string): [string, (id: string) => void] {
  return usePreference('frame.panel', first, isText)
}

export function useInspectorOpen(): [boolean, (open: boolean) => void] {
  return usePreference('frame.inspector', true, isFlag)
}

/** The inspector's width in pixels: `[as it was when the window opened, remember]`. */
export function useInspectorWidth(): [number, (pixels: number) => void] {
  const [width, setWidth] = usePreference('frame.inspectorWidth', 316, isWidth)
  return [width, (pixels) => setWidth(Math.round(pixels))]
}

export type ThemeChoice = 'system' | 'dark' | 'light'

export function useThemeChoice(): [ThemeChoice, (theme: ThemeChoice) => void] {
  return usePreference<ThemeChoice>('frame.theme', 'system', isThemeChoice)
}

type Shares = Readonly<Record<string, number>>

/** Sizes of a `Split`, found again after a restart: `<Split {...useSplitLayout('query.main')}>`. */
export function useSplitLayout(id: string): {
  readonly layout?: Shares
  readonly onLayout: (layout: Shares) => void
} {
  const key = `split.${id}`
  // Read once: the split itself is what knows its sizes from then on.
  const [layout] = useState(() =>
    readJson<Shares | undefined>(usePreferences.getState().values?.[key], undefined, isShares),
  )
  return {
    ...(layout === undefined ? {} : { layout }),
    onLayout: (next) => setPreference(key, JSON.stringify(next)),
  }
}

/** Whether the user has sized this split by hand, now or in an earlier window. */
export function hasSplitLayout(id: string): boolean {
  return usePreferences.getState().values?.[`split.${id}`] !== undefined
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isWidth = (value: unknown): value is number => typeof value === 'number' && value > 100
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
const isThemeChoice = (value: unknown): value is ThemeChoice =>
  value === 'system' || value === 'dark' || value === 'light'
const isShares = (value: unknown): value is Shares =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((share) => typeof share === 'number' && share >= 0 && share <= 100)
