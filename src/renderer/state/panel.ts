import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'

/** What a panel makes of things from outside that were dropped or pasted anywhere in the window. */
export interface PanelIntake {
  /** A quick look, well under a millisecond for a page of text: is this for the panel? */
  readonly accepts: (text: string) => boolean
  readonly openText: (text: string) => void
  readonly openFiles: (files: readonly File[]) => void
}

/** What a folder of `panels` shows to the frame: its place in the rail, its face, and what the inspector says of a selection. */
export interface PanelDefinition {
  readonly id: string
  /** One word, under the icon. */
  readonly title: string
  readonly icon: LucideIcon
  readonly Panel: ComponentType
  /** The inspector's body while this panel is active and something is selected (see `useInspector`). */
  readonly Inspector?: ComponentType
  /** Whether anything can be selected at the moment, where that is not always so. */
  readonly inspects?: {
    readonly get: () => boolean
    readonly subscribe: (listener: () => void) => () => void
  }
  readonly intake?: PanelIntake
  /** It is about what was recorded, over the window's time range. */
  readonly showsSession?: boolean
  /** False where it does its whole work without one. */
  readonly needsServer?: boolean
  /** Whether the window's address (its hash) leads into this panel, which is then brought up. */
  readonly opensLink?: (hash: string) => boolean
}
