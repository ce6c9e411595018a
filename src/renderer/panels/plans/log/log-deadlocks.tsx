import { CopyButton } from '#renderer/kit/index.ts'
import type { DeadlockGroup } from '#shared/logs/index.ts'
import { formatCount } from '#shared/units/index.ts'
import { formatMomentUtc } from './format-span.ts'

/** Who stood in each other's way: each group of statements, with those of its last deadlock as they were. */
export function LogDeadlocks({ deadlocks }: { readonly deadlocks: readonly DeadlockGroup[] }) {
  if (deadlocks.length === 0) return null
  return (
    <section
      aria-label="Deadlocks"
      tabIndex={0}
      className="max-h-50 shrink-0 overflow-auto border-line border-b px-3 py-2 outline-offset-[-2px]"
    >
      <h3 className="text-ink-3 text-xs">Deadlocks, by the statements in them</h3>
      <ul className="flex flex-col gap-2 pt-1">
        {deadlocks.map(({ texts, count, lastMs, line, parties }) => (
          <li key={texts.join('\n')} className="flex items-start gap-3">
            <span className="w-58 shrink-0 text-ink-2 text-sm" title={`The last one is on line ${line}`}>
              <b className="text-ink">{formatCount(count)}×</b>{' '}
              {lastMs === undefined ? '' : `last ${formatMomentUtc(lastMs)} UTC`}
            </span>
            <ol className="min-w-0 flex-1">
              {parties.map(({ pid, statement }) => (
                <li key={pid} className="flex gap-2">
                  <span className="shrink-0 text-ink-3 text-sm">{pid}</span>
                  {statement === undefined ? (
                    <span className="text-ink-3">its statement is not in the log</span>
                  ) : (
                    <code className="truncate select-text font-mono text-sm" title={statement}>
                      {statement}
                    </code>
                  )}
                </li>
              ))}
            </ol>
            <CopyButton
              text={parties.flatMap(({ statement }) => statement ?? []).join(';\n')}
              label="Copy statements of this deadlock"
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
