import { ChevronDown, ChevronUp } from 'lucide-react'
import { classes, IconButton, Select } from '#renderer/kit/index.ts'
import {
  follow,
  formatSpan,
  toggleFollow,
  useCommands,
  useHasEnded,
  useHasRecorded,
  useRangeChoice,
} from '#renderer/state/index.ts'
import { MarkerList } from './marker-list.tsx'
import {
  showWholeTimeline,
  type TimelineSize,
  timelineSizes,
  useTimelineSize,
  useTimelineState,
  zoomTimeline,
} from './timeline-state.ts'
import { Track } from './track.tsx'
import { useAllMarkers } from './use-all-markers.ts'

const heights: Readonly<Record<TimelineSize, string>> = {
  full: 'h-[76px]',
  // Two rows of what a finger needs.
  low: 'h-[49px]',
  hidden: 'h-[22px]',
}

/** The whole session along the bottom of the window, and the time that every panel answers for. */
export function Timeline() {
  const isThere = useHasRecorded() === true
  const [size, setSize] = useTimelineSize()
  const markers = useAllMarkers()
  useCommands([
    {
      id: 'timeline.toggle',
      title: size === 'hidden' ? 'Show the timeline' : 'Hide the timeline',
      group: 'Time',
      enabled: isThere,
      run: () => setSize(size === 'hidden' ? 'full' : 'hidden'),
    },
    {
      id: 'timeline.low',
      title: size === 'low' ? 'Make the timeline high' : 'Make the timeline low',
      group: 'Time',
      find: 'height fold small',
      enabled: isThere,
      run: () => setSize(size === 'low' ? 'full' : 'low'),
    },
    {
      id: 'timeline.in',
      title: 'Show less of the session in the timeline',
      group: 'Time',
      keys: 'alt+up',
      enabled: isThere,
      run: () => zoomTimeline(0.5),
    },
    {
      id: 'timeline.out',
      title: 'Show more of the session in the timeline',
      group: 'Time',
      keys: 'alt+down',
      enabled: isThere,
      run: () => zoomTimeline(2),
    },
  ])
  if (!isThere) return null
  return (
    <section
      aria-label="Timeline"
      className={classes('flex min-w-0 border-line border-t bg-surface-1', heights[size])}
    >
      <SizeButtons size={size} onChange={setSize} />
      {/* One track for both heights: another one would have to read the whole session anew. */}
      {size !== 'hidden' && <Track markers={markers} isLow={size === 'low'} />}
      {size === 'full' && (
        <div className="flex w-[128px] shrink-0 flex-col items-end gap-1.5 px-2.5 pt-1.5 text-xs">
          <FollowButton />
          <SpanChoice />
          <span className="flex items-center gap-1.5">
            <WholeButton />
            <MarkerList markers={markers} />
          </span>
        </div>
      )}
      {size === 'low' && (
        <div className="flex w-[176px] shrink-0 flex-col items-end px-2.5 text-xs whitespace-nowrap">
          <span className="flex h-6 items-stretch gap-1.5">
            <WholeButton />
            <FollowButton />
          </span>
          <span className="flex h-6 items-stretch gap-1.5">
            <MarkerList markers={markers} />
            <SpanChoice className="h-6!" />
          </span>
        </div>
      )}
      {size === 'hidden' && (
        <div className="flex min-w-0 flex-1 items-center justify-end gap-3 px-2.5 text-xs">
          <SpanChoice />
          <FollowButton />
        </div>
      )}
    </section>
  )
}

function SizeButtons(props: {
  readonly size: TimelineSize
  readonly onChange: (size: TimelineSize) => void
}) {
  const { size, onChange } = props
  const at = timelineSizes.indexOf(size)
  const [smaller, larger] = [timelineSizes[at - 1], timelineSizes[at + 1]]
  return (
    <div className="flex w-[68px] shrink-0 items-start justify-center gap-0.5 pt-0.5">
      {larger !== undefined && (
        <IconButton
          label={size === 'hidden' ? 'Show the timeline' : 'Make the timeline high'}
          icon={ChevronUp}
          aria-expanded={size !== 'hidden'}
          onClick={() => onChange(larger)}
          className="size-4.5"
        />
      )}
      {smaller !== undefined && (
        <IconButton
          label={size === 'low' ? 'Hide the timeline' : 'Make the timeline low'}
          icon={ChevronDown}
          onClick={() => onChange(smaller)}
          className="size-4.5"
        />
      )}
    </div>
  )
}

function FollowButton() {
  const follows = useRangeChoice().kind === 'follow'
  const hasEnded = useHasEnded()
  const title = hasEnded
    ? 'Look at the end of the recording (F)'
    : follows
      ? 'The range follows now; press to stay (Space)'
      : 'Go on following now (F)'
  const words = hasEnded
    ? follows
      ? 'at the end'
      : 'to the end ▸'
    : follows
      ? 'following ▸ now'
      : 'follow ▸ now'
  return (
    <button
      type="button"
      aria-pressed={follows}
      title={title}
      onClick={toggleFollow}
      className={classes(
        'rounded-sm px-1 hover:bg-surface-3',
        follows ? 'text-ink-2' : 'font-semibold text-accent',
      )}
    >
      {words}
    </button>
  )
}

const spans = [30_000, 60_000, 120_000, 300_000, 900_000, 3_600_000, 6 * 3_600_000, 86_400_000] as const

/** How much time is followed. A range of another width is shown as it is. */
function SpanChoice({ className = 'h-5!' }: { readonly className?: string }) {
  const choice = useRangeChoice()
  const spanMs = choice.kind === 'follow' ? choice.spanMs : choice.toMs - choice.fromMs
  const known = (spans as readonly number[]).includes(spanMs)
  return (
    <Select
      label="How much time the range spans"
      className={`${className} px-1.5! text-xs`}
      value={String(spanMs)}
      options={[
        ...(known ? [] : [{ value: String(spanMs), label: formatSpan(spanMs) }]),
        ...spans.map((span) => ({ value: String(span), label: `last ${formatSpan(span)}` })),
      ]}
      onChange={(value) => follow(Number(value))}
    />
  )
}

function WholeButton() {
  const isPart = useTimelineState((state) => state.part !== undefined)
  if (!isPart) return null
  return (
    <button
      type="button"
      title="Show the whole session in the timeline"
      onClick={showWholeTimeline}
      className="rounded-sm px-1 text-accent hover:bg-surface-3"
    >
      whole
    </button>
  )
}
