import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'

/** A session that has just begun does not fill the timeline at once. */
const leastWholeMs: Milliseconds = 10_000
/** The timeline shows no less than this. */
const leastViewMs: Milliseconds = 2_000

/** All of a session, as the timeline shows it. */
export function wholeOf(extent: TimeRange): TimeRange {
  return { fromMs: extent.fromMs, toMs: Math.max(extent.toMs, extent.fromMs + leastWholeMs) }
}

/** Shows `factor` times as much time about a moment, within the session; `undefined` = all of it. */
export function zoomView(
  view: TimeRange,
  factor: number,
  aroundMs: EpochMs,
  whole: TimeRange,
): TimeRange | undefined {
  const wholeMs = whole.toMs - whole.fromMs
  const spanMs = Math.max(leastViewMs, (view.toMs - view.fromMs) * factor)
  if (spanMs >= wholeMs) return undefined
  const share = (aroundMs - view.fromMs) / (view.toMs - view.fromMs)
  return within({ fromMs: aroundMs - share * spanMs, toMs: aroundMs + (1 - share) * spanMs }, whole)
}

/** The view moved, as wide as it was, within the session. */
export function shiftView(view: TimeRange, byMs: Milliseconds, whole: TimeRange): TimeRange {
  return within({ fromMs: view.fromMs + byMs, toMs: view.toMs + byMs }, whole)
}

function within({ fromMs, toMs }: TimeRange, whole: TimeRange): TimeRange {
  const spanMs = toMs - fromMs
  const from = Math.min(Math.max(fromMs, whole.fromMs), whole.toMs - spanMs)
  return { fromMs: from, toMs: from + spanMs }
}

/** What a press on the timeline takes hold of. */
export type Grip = 'from' | 'to' | 'range' | 'outside'

/** So far from an end of the range its handle is still held. */
const handlePx = 7

/** @param fromPx where the range begins and ends, in pixels from the left */
export function gripAt(xPx: number, fromPx: number, toPx: number): Grip {
  const [fromFar, toFar] = [Math.abs(xPx - fromPx), Math.abs(xPx - toPx)]
  if (Math.min(fromFar, toFar) <= handlePx) {
    // Of a range as narrow as its handles, the nearer one; outside of it, the one on that side.
    if (xPx > toPx) return 'to'
    if (xPx < fromPx) return 'from'
    return fromFar <= toFar ? 'from' : 'to'
  }
  return xPx > fromPx && xPx < toPx ? 'range' : 'outside'
}

/** The range after its grip was moved from one moment to another; ends may pass each other. */
export function dragRange(range: TimeRange, grip: Grip, beganMs: EpochMs, atMs: EpochMs): TimeRange {
  if (grip === 'range') {
    const byMs = atMs - beganMs
    return { fromMs: range.fromMs + byMs, toMs: range.toMs + byMs }
  }
  const anchorMs = grip === 'from' ? range.toMs : grip === 'to' ? range.fromMs : beganMs
  return { fromMs: Math.min(anchorMs, atMs), toMs: Math.max(anchorMs, atMs) }
}
