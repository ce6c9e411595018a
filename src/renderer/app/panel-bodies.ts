import { create } from 'zustand'
import type { PanelBody, PanelDefinition } from '#renderer/state/index.ts'

/** How far a panel has come into this window; absent where nobody asked for it. */
export type Arrival =
  | { readonly status: 'there'; readonly body: PanelBody }
  | { readonly status: 'failed'; readonly reason: string }

const useArrivals = create<{ readonly arrivals: Readonly<Record<string, Arrival>> }>(() => ({ arrivals: {} }))

const underWay = new Map<string, Promise<PanelBody>>()

function arrive(id: string, arrival: Arrival): void {
  useArrivals.setState(({ arrivals }) => ({ arrivals: { ...arrivals, [id]: arrival } }))
}

/** Brings a panel's body, once. What could not be brought is tried anew by the next call. */
export function bringBody(panel: PanelDefinition): Promise<PanelBody> {
  const known = underWay.get(panel.id)
  if (known !== undefined) return known
  const coming = panel.load().then(
    ({ body }) => {
      arrive(panel.id, { status: 'there', body })
      body.warmUp?.()
      return body
    },
    (error: unknown) => {
      underWay.delete(panel.id)
      arrive(panel.id, { status: 'failed', reason: error instanceof Error ? error.message : String(error) })
      throw error
    },
  )
  underWay.set(panel.id, coming)
  return coming
}

/** A panel's body if it is there already: what follows then happens at once. */
export function bodyAtHand(panel: PanelDefinition): PanelBody | undefined {
  const arrival = useArrivals.getState().arrivals[panel.id]
  return arrival?.status === 'there' ? arrival.body : undefined
}

export function useArrival(panel: PanelDefinition | undefined): Arrival | undefined {
  return useArrivals(({ arrivals }) => (panel === undefined ? undefined : arrivals[panel.id]))
}

/** A window's start has the machine for itself: the first panel, the editor, perhaps a server that starts beside it. */
const startMs = 1_500

/**
 * Brings the other panels once the window has started and has nothing to do, so that going to one takes no longer than
 * drawing it. One that can't be brought now is asked for again by whoever goes there.
 *
 * @returns ends it
 */
export function bringRest(panels: readonly PanelDefinition[]): () => void {
  let request: number | undefined
  const bring = ([panel, ...others]: readonly PanelDefinition[]): void => {
    if (panel === undefined) return
    request = requestIdleCallback(() => {
      bringBody(panel).then(
        () => bring(others),
        () => undefined,
      )
    })
  }
  const timer = setTimeout(() => bring(panels), startMs)
  return () => {
    clearTimeout(timer)
    if (request !== undefined) cancelIdleCallback(request)
  }
}
