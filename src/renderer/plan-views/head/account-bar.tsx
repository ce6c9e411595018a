import { Info } from 'lucide-react'
import { Popover } from '#renderer/kit/index.ts'
import type { Plan } from '#shared/plan/index.ts'
import { formatDuration, formatPercent } from '#shared/units/index.ts'
import { explainExactness, markExactness } from '../exactness.ts'
import { type AccountLine, buildAccount } from './account.ts'
import { AccountDetails } from './account-details.tsx'
import { partLooks } from './part-look.ts'

/** Where the statement's time went, beside the tree: parts that add up, as a bar and in words. */
interface AccountBarProps {
  readonly plan: Plan
  /** Little room: the parts are named on hover and in the list that opens. */
  readonly compact: boolean
}

/** Where the statement’s time went, beside the tree: parts that add up, as a bar and in words. */
export function AccountBar({ plan, compact }: AccountBarProps) {
  const lines = buildAccount(plan)
  const { statementMs } = plan.totals
  if (lines.length < 2 || statementMs === undefined) return null
  return (
    <div
      className={`flex flex-1 gap-x-3 gap-y-1.5 ${compact ? 'min-w-40 items-center' : 'min-w-60 flex-col justify-center'}`}
    >
      <div
        aria-hidden="true"
        className={`flex h-2 gap-px overflow-hidden rounded-sm bg-surface-2 ${compact ? 'min-w-0 flex-1' : ''}`}
      >
        {lines.map((line) => (
          <span
            key={line.kind}
            title={describe(line)}
            className={`h-full min-w-0.5 ${partLooks[line.kind]}`}
            style={{ flex: `${line.share} 1 0` }}
          />
        ))}
      </div>
      <div className="flex min-w-0 items-center gap-x-3 text-xs">
        <ul
          aria-label="Statement time"
          className={compact ? 'sr-only' : 'flex min-w-0 flex-wrap gap-x-3 gap-y-0.5 text-ink-2'}
        >
          {lines
            .filter(({ ms }) => ms > 0)
            .map((line) => (
              <li
                key={line.kind}
                title={describe(line)}
                className="flex items-center gap-1.5 whitespace-nowrap"
              >
                <span aria-hidden="true" className={`size-2 rounded-sm ${partLooks[line.kind]}`} />
                {line.label}
                <span className="text-ink">{markExactness(formatDuration(line.ms), line.exactness)}</span>
              </li>
            ))}
        </ul>
        <Popover
          label="Statement time in parts"
          align="end"
          className="w-110 p-3"
          trigger={
            <button
              type="button"
              className="ml-auto flex shrink-0 items-center gap-1 rounded-sm px-1 text-ink-2 hover:bg-surface-3 hover:text-ink"
            >
              <span className="font-semibold text-ink">= {formatDuration(statementMs)}</span>
              <Info size={12} aria-hidden />
              <span className="sr-only">statement time, in parts</span>
            </button>
          }
        >
          <AccountDetails plan={plan} lines={lines} statementMs={statementMs} />
        </Popover>
      </div>
    </div>
  )
}

function describe(line: AccountLine): string {
  const why = explainExactness(line.exactness)
  return [`${line.label}: ${line.ms} ms`, formatPercent(line.share), line.formula, why]
    .filter((part) => part !== undefined)
    .join(' · ')
}
