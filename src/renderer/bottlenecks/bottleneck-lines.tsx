import {
  ChevronRight,
  CircleCheck,
  CircleHelp,
  Info,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
} from 'lucide-react'
import { useId, useState } from 'react'
import { describeUnanswered } from '#renderer/client/index.ts'
import { classes } from '#renderer/kit/index.ts'
import type { Bottleneck, BottleneckArea, BottleneckSeverity } from '#shared/host/index.ts'
import { useBottlenecks } from './use-bottlenecks.ts'

const names: Readonly<Record<BottleneckArea, string>> = {
  cpu: 'CPU',
  io: 'I/O',
  memory: 'Memory',
  locks: 'Locks',
}

const faces: Readonly<Record<BottleneckSeverity, { readonly icon: LucideIcon; readonly tone: string }>> = {
  unknown: { icon: CircleHelp, tone: 'text-ink-3' },
  none: { icon: CircleCheck, tone: 'text-ok' },
  info: { icon: Info, tone: 'text-info' },
  warning: { icon: TriangleAlert, tone: 'text-warn' },
  critical: { icon: OctagonAlert, tone: 'text-bad' },
}

const everywhere: readonly BottleneckArea[] = ['cpu', 'io', 'memory', 'locks']

/** One line for each resource: whether it holds the server up over the range. A click shows what the line rests on. */
export function BottleneckLines({ areas = everywhere }: { readonly areas?: readonly BottleneckArea[] }) {
  const { bottlenecks, error } = useBottlenecks()
  const [opened, setOpened] = useState<BottleneckArea>()
  return (
    <ul aria-label="What holds the server up" className="shrink-0 border-line border-b py-0.5">
      {areas.map((area) => (
        <Line
          key={area}
          area={area}
          bottleneck={bottlenecks?.find((one) => one.area === area)}
          error={error}
          isOpen={opened === area}
          onToggle={() => setOpened(opened === area ? undefined : area)}
        />
      ))}
    </ul>
  )
}

interface LineProps {
  readonly area: BottleneckArea
  /** Absent until the first answer. */
  readonly bottleneck: Bottleneck | undefined
  /** Why there is no answer. */
  readonly error: unknown
  readonly isOpen: boolean
  readonly onToggle: () => void
}

function Line({ area, bottleneck, error, isOpen, onToggle }: LineProps) {
  const id = useId()
  const sentence = bottleneck?.sentence ?? describeUnanswered(error)
  const { icon: Icon, tone } = faces[bottleneck?.severity ?? 'unknown']
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={onToggle}
        className="flex min-h-6 w-full items-center gap-2 px-3 py-0.5 text-left outline-offset-[-2px] hover:bg-surface-2"
      >
        <Icon size={14} aria-hidden className={classes('shrink-0', tone)} />
        <span className="w-14 shrink-0 font-semibold">{names[area]}</span>
        <span className={classes('w-18 shrink-0 truncate', tone)}>{bottleneck?.verdict}</span>
        <span
          title={sentence}
          className={classes(
            'min-w-0 flex-1',
            !isOpen && 'truncate',
            bottleneck?.severity === 'warning' || bottleneck?.severity === 'critical'
              ? 'text-ink'
              : 'text-ink-2',
          )}
        >
          {sentence}
        </span>
        <ChevronRight
          size={14}
          aria-hidden
          className={classes('shrink-0 text-ink-3', isOpen && 'rotate-90')}
        />
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && bottleneck !== undefined && <Details bottleneck={bottleneck} />}
      </div>
    </li>
  )
}

function Details({ bottleneck: { evidence, next } }: { readonly bottleneck: Bottleneck }) {
  return (
    <div className="flex flex-col gap-1.5 pt-1 pr-3 pb-2 pl-9 select-text">
      {next !== undefined && <p className="text-ink-2">{next}</p>}
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(270px,1fr))] gap-x-6 gap-y-0.5 text-sm">
        {evidence.map(({ label, value, source }) => (
          <div key={label} title={source} className="flex min-w-0 items-baseline justify-between gap-3">
            <dt className="truncate text-ink-2">{label}</dt>
            <dd className="shrink-0">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
