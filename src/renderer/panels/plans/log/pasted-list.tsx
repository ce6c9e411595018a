import { condenseStatement } from '#shared/statements/index.ts'
import { formatCount } from '#shared/units/index.ts'
import { openText } from '../open-plans.ts'
import type { PastedPlansText } from './log-news.ts'

interface PastedListProps {
  readonly file: File
  readonly pasted: readonly PastedPlansText[]
}

/** Plans that stand in a log as psql printed them: a click opens them beside those that were logged. */
export function PastedList({ file, pasted }: PastedListProps) {
  if (pasted.length === 0) return null
  const count = pasted.reduce((sum, text) => sum + text.count, 0)
  return (
    <section aria-label="Plans between the entries" className="shrink-0 border-line border-b px-3 py-1.5">
      <h3 className="text-ink-3 text-xs">
        {count === 1 ? 'A plan stands' : `${formatCount(count)} plans stand`} between the entries, as psql
        printed {count === 1 ? 'it' : 'them'}
      </h3>
      <ul className="flex max-h-28 flex-col overflow-auto">
        {pasted.map((one) => (
          <li key={one.line}>
            <button
              type="button"
              className="flex w-full items-baseline gap-3 rounded-sm px-1 py-0.5 text-left hover:bg-surface-3"
              onClick={() => openPasted(file, one)}
            >
              <span className="shrink-0 text-ink-2">{`line ${formatCount(one.line)}`}</span>
              <span className="min-w-0 truncate text-accent">{describe(one)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function describe({ count, statement }: PastedPlansText): string {
  const plans = count === 1 ? 'plan' : `${formatCount(count)} plans`
  return statement === undefined ? plans : `${plans} of ${condenseStatement(statement)}`
}

function openPasted(file: File, { text, line, statement }: PastedPlansText): void {
  openText({
    text,
    source: 'log',
    name: `${file.name}, line ${formatCount(line)}`,
    log: file,
    ...(statement === undefined ? {} : { statement }),
  })
}
