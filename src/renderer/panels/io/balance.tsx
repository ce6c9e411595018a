import { useMemo } from 'react'
import { client } from '#renderer/client/index.ts'
import { DefinitionList } from '#renderer/kit/index.ts'
import { useAsked } from '#renderer/state/index.ts'
import {
  balanceMetrics,
  balanceSums,
  describeBalance,
  type WriterShare,
  writerShares,
} from './balance-facts.ts'
import { Unanswered } from './unanswered.tsx'

const buckets = 30

/** Who writes buffers out, and what checkpoints, WAL and spills come to over the range. */
export function Balance() {
  const { answer, error } = useAsked(
    ({ sessionId, range }, signal) =>
      client.metrics.series(
        { sessionId, range, buckets, metrics: balanceMetrics, sumOver: balanceSums },
        { signal },
      ),
    [],
    { of: 'server', news: ['metrics'], mostHz: 0.5 },
  )
  const shares = useMemo(() => writerShares(answer ?? []), [answer])
  const facts = useMemo(() => describeBalance(answer ?? []), [answer])
  return (
    <section
      aria-label="Writing, in sum"
      tabIndex={0}
      className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto px-3 py-2 outline-offset-[-2px]"
    >
      <div>
        <h3 className="font-semibold">Writing, in sum</h3>
        {answer === undefined ? <Unanswered error={error} /> : <WriterBar shares={shares} />}
      </div>
      <DefinitionList items={facts} />
    </section>
  )
}

function WriterBar({ shares }: { readonly shares: readonly WriterShare[] }) {
  if (shares.length === 0)
    return <p className="pt-1 text-ink-3 text-sm">No buffer was written in this range.</p>
  return (
    <>
      <div aria-hidden className="mt-1.5 flex h-3 gap-px overflow-hidden rounded-sm">
        {shares.map(({ label, share, colour }) => (
          <span key={label} style={{ width: `${share * 100}%`, background: `var(${colour})` }} />
        ))}
      </div>
      <ul aria-label="Who wrote buffers" className="flex flex-wrap gap-x-3 pt-1 text-sm">
        {shares.map(({ label, words, colour }) => (
          <li key={label} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-sm" style={{ background: `var(${colour})` }} />
            <span className="text-ink-2">{label}</span>
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
