import { useSyncExternalStore } from 'react'
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

const nothing: TimeRange = { fromMs: 0, toMs: 10_000 }

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

/** How much of the window's height the timeline takes. */
export type TimelineSize = 'full' | 'low' | 'hidden'

export const timelineSizes: readonly TimelineSize[] = ['hidden', 'low', 'full']

/** In a window of less height it is low, unless somebody chose otherwise. */
const roomyPx = 780

/** The size as it is shown now, and a way to choose another. */
export function useTimelineSize(): [TimelineSize, (size: TimelineSize) => void] {
  const isRoomy = useWindowHeight() >= roomyPx
  const [chosen, choose] = usePreference<TimelineSize | 'auto' | boolean>('frame.timeline', 'auto', isChoice)
  return [sizeOf(chosen, isRoomy), choose]
}

/** What older versions kept: whether it is there. */
const isChoice = (value: unknown): value is TimelineSize | 'auto' | boolean =>
  typeof value === 'boolean' || value === 'auto' || timelineSizes.some((size) => size === value)

function sizeOf(chosen: TimelineSize | 'auto' | boolean, isRoomy: boolean): TimelineSize {
  if (chosen === false) return 'hidden'
  return chosen === true || chosen === 'auto' ? (isRoomy ? 'full' : 'low') : chosen
}

function useWindowHeight(): number {
  return useSyncExternalStore(subscribeResize, () => window.innerHeight)
}

function subscribeResize(listener: () => void): () => void {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}

const middleOf = ({ fromMs, toMs }: TimeRange) => (fromMs + toMs) / 2
