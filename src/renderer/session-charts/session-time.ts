import type { ChartActions, ChartRange } from '#renderer/charts/index.ts'
import { currentRange, follow, notify, setRange, subscribeRange, zoomRange } from '#renderer/state/index.ts'

/** The window's time range, as charts take it. */
export const sessionRange: ChartRange = { get: currentRange, subscribe: subscribeRange }

/** What charts do to the window's time range. */
export const sessionActions: ChartActions = {
  onRange: setRange,
  onZoom: zoomRange,
  onReset: () => follow(),
  onCopy(what, work) {
    work.then(
      () => notify({ tone: 'ok', title: `Copied ${what}` }),
      () =>
        notify({
          tone: 'bad',
          title: `Could not copy ${what}`,
          text: 'The clipboard is not open to this window.',
        }),
    )
  },
}
