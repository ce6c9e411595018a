import { create } from 'zustand'
import type { FoundPlan, PlanError } from '#shared/plan/index.ts'
import type { PlanSource } from '#shared/session/index.ts'

/** A text that holds plans, as it is on screen. */
export interface OpenedText {
  /** The kept plan's id; of its own until it is kept. */
  readonly id: string
  /** What views remember it by: it stays when the session has kept the text, so that nothing is made or drawn anew. */
  readonly viewId: string
  readonly name: string
  readonly source: PlanSource
  readonly text: string
  readonly found: readonly FoundPlan[]
  /** What stood beside the text, in a log. */
  readonly statement: string | undefined
  readonly durationMs: number | undefined
  /** The log it was opened out of, to go back to. */
  readonly log: File | undefined
  /** What the reader left out, and why. */
  readonly warnings: readonly string[]
  /** Why the session does not keep it, if it does not. */
  readonly unkept: string | undefined
}

/** A text that could not be read as a plan; nothing of it is lost. */
export interface RefusedText {
  readonly name: string
  readonly text: string
  readonly error: PlanError
}

/** What the panel shows. */
export type Shown =
  | { readonly kind: 'nothing'; readonly draft: string }
  | { readonly kind: 'loading'; readonly id: string; readonly name: string }
  | { readonly kind: 'refused'; readonly refused: RefusedText }
  | { readonly kind: 'plans'; readonly opened: OpenedText; readonly index: number }
  | { readonly kind: 'log'; readonly file: File }

export const useOpened = create<{ readonly shown: Shown }>(() => ({
  shown: { kind: 'nothing', draft: '' },
}))

export function show(shown: Shown): void {
  useOpened.setState({ shown })
}

/** Reading stops where it is not done yet; what was read is kept with its file. */
export const closeLog = (): void => show({ kind: 'nothing', draft: '' })

/** The text's several plans are told apart by their place in it. */
export function documentId(opened: OpenedText, index: number): string {
  return opened.found.length === 1 ? opened.viewId : `${opened.viewId}/${index + 1}`
}
