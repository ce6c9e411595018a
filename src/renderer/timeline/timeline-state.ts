import { create } from 'zustand'
import { currentExtent, usePreference } from '#renderer/state/index.ts'
import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { shiftView, wholeOf, zoomView } from './timeline-view.ts'

interface TimelineState {
  /** The part of the session that the timeline shows; absent = all of it. */
  readonly part: TimeRange | undefined
}

export const useTimelineState = create<TimelineState>(() => ({ part: undefined }))

const nothing: TimeRange = { fromMs: 0, toMs: 60_000 }

const whole = (): TimeRange => wholeOf(currentExtent() ?? nothing)

/** The time that the timeline shows at this moment. */
export const currentView = (): TimeRange => useTimelineState.getState().part ?? whole()

export function zoomTimeline(factor: number, aroundMs: EpochMs = middleOf(currentView())): void {
  useTimelineState.setState({ part: zoomView(currentView(), factor, aroundMs, whole()) })
}

export function shiftTimeline(shareOfView: number): void {
  const view = currentView()
  if (useTimelineState.getState().part === undefined) return
  useTimelineState.setState({ part: shiftView(view, shareOfView * (view.toMs - view.fromMs), whole()) })
}

export function showWholeTimeline(): void {
  useTimelineState.setState({ part: undefined })
}

export function useTimelineOpen(): [boolean, (open: boolean) => void] {
  return usePreference('frame.timeline', true, (value) => typeof value === 'boolean')
}

const middleOf = ({ fromMs, toMs }: TimeRange) => (fromMs + toMs) / 2
