import { useSyncExternalStore } from 'react'
import { currentPalette, type Palette, watchPalette } from './palette.ts'

/** The theme's colours; drawn anew when they change. */
export function usePalette(): Palette {
  return useSyncExternalStore(watchPalette, currentPalette)
}
