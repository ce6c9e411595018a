import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'

/** What a panel makes of things from outside that were dropped or pasted anywhere in the window. */
export interface PanelIntake {
  readonly openText: (text: string) => void
  readonly openFiles: (files: readonly File[]) => void
}

/** A panel itself: all that is fetched, compiled and run only for those who look at it. */
export interface PanelBody {
  readonly Panel: ComponentType
  /** The inspector's body while this panel is active and something is selected. */
  readonly Inspector?: ComponentType
  /** Whether anything can be selected at the moment, where that is not always so. */
  readonly inspects?: {
    readonly get: () => boolean
    readonly subscribe: (listener: () => void) => () => void
  }
  /** Wide tables: in windows of usual size an inspector without a selection gives its room to them. */
  readonly takesInspectorsRoom?: true
  readonly intake?: PanelIntake
  /** Called once it has come: gets ready, in idle time alone, what its first use would wait for. */
  readonly warmUp?: () => void
}

/**
 * What a folder of `panels` shows to the frame before anybody has looked at it: its place in the rail, and what it
 * answers for. It is part of every window's start, so it imports nothing of the panel but by `load`.
 */
export interface PanelDefinition {
  readonly id: string
  /** One word, under the icon. */
  readonly title: string
  readonly icon: LucideIcon
  /** Brings the panel, from a chunk of its own: `() => import('./body.ts')`. */
  readonly load: () => Promise<{ readonly body: PanelBody }>
  /** A quick look, well under a millisecond for a page of text: is this for the panel's intake? */
  readonly accepts?: (text: string) => boolean
  /** It is about what was recorded, over the window's time range. */
  readonly showsSession?: boolean
  /** False where it does its whole work without one. */
  readonly needsServer?: boolean
  /** Whether the window's address (its hash) leads into this panel, which is then brought up. */
  readonly opensLink?: (hash: string) => boolean
}
