import { useEffect, useState } from 'react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { type Arrival, bringBody, useArrival } from './panel-bodies.ts'

export interface ShownPanel {
  readonly panel: PanelDefinition
  readonly arrival: Arrival
}

/**
 * What the frame shows of the panel that is wanted. Until it has come the one before it stays, so that nothing flashes;
 * undefined before the first.
 */
export function useShownPanel(wanted: PanelDefinition | undefined): ShownPanel | undefined {
  const [before, setBefore] = useState<PanelDefinition>()
  const wantedArrival = useArrival(wanted)
  const arrivalBefore = useArrival(before)
  useEffect(() => {
    // What fails is an arrival, too.
    if (wanted !== undefined) bringBody(wanted).catch(() => undefined)
  }, [wanted])
  if (wanted !== undefined && wantedArrival !== undefined) {
    if (before !== wanted) setBefore(wanted)
    return { panel: wanted, arrival: wantedArrival }
  }
  return before === undefined || arrivalBefore === undefined
    ? undefined
    : { panel: before, arrival: arrivalBefore }
}
