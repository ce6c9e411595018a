import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Checkbox, EmptyState, IconButton, Input } from '#renderer/kit/index.ts'
import { notify } from '#renderer/state/index.ts'
import type { PlanReference, StatementGroup } from '#shared/logs/index.ts'
import { formatBytes, formatCount, formatDuration } from '#shared/units/index.ts'
import { closeLog } from '../opened.ts'
import { formatSpan } from './format-span.ts'
import { GroupDetails } from './group-details.tsx'
import { GroupTable } from './group-table.tsx'
import { LogDeadlocks } from './log-deadlocks.tsx'
import type { LogFindings } from './log-news.ts'
import { openLogPlan } from './open-log-plan.ts'
import { PastedList } from './pasted-list.tsx'

const formatNames = { stderr: 'stderr', syslog: 'syslog', csvlog: 'csvlog', jsonlog: 'jsonlog' } as const

/** What a log says in sum: statements by the time they took, each with its slowest plans. */
export function LogFindingsView({ file, findings }: { readonly file: File; readonly findings: LogFindings }) {
  const [filter, setFilter] = useState('')
  const [onlyPlans, setOnlyPlans] = useState(false)
  const [selected, setSelected] = useState<string | undefined>(findings.groups[0]?.fingerprint)
  const groups = useMemo(() => {
    const wanted = filter.toLowerCase()
    return findings.groups.filter(
      ({ text, example, planCount }) =>
        (!onlyPlans || planCount > 0) &&
        (wanted === '' || `${text}\n${example}`.toLowerCase().includes(wanted)),
    )
  }, [findings, filter, onlyPlans])
  const group = groups.find(({ fingerprint }) => fingerprint === selected) ?? groups[0]
  const open = (from: StatementGroup, plan: PlanReference): void => {
    openLogPlan(file, findings.format, from, plan).catch((error: unknown) =>
      notify({
        tone: 'bad',
        title: 'The plan can’t be opened',
        text: error instanceof Error ? error.message : 'The file could not be read.',
      }),
    )
  }
  return (
    <section aria-label="Log" className="flex h-full min-h-0 flex-col bg-surface-1">
      <header className="flex flex-wrap items-baseline gap-x-3 border-line border-b px-3 py-2">
        <h2 className="font-semibold text-md">{file.name}</h2>
        <p className="min-w-0 flex-1 text-ink-2">
          {formatNames[findings.format]} · {formatBytes(file.size)} · {formatCount(findings.lines)} lines ·{' '}
          {formatSpan(findings.fromMs, findings.toMs)}
        </p>
        <IconButton className="self-center" icon={X} label="Close the log" onClick={closeLog} />
      </header>
      <dl className="flex shrink-0 flex-wrap gap-x-6 gap-y-1 border-line border-b px-3 py-2">
        {listFacts(findings).map(({ label, value }) => (
          <div key={label} className="flex flex-col-reverse">
            <dt className="text-ink-3 text-xs">{label}</dt>
            <dd className="select-text font-semibold text-md">{value}</dd>
          </div>
        ))}
      </dl>
      {findings.warnings.map((warning) => (
        <p key={warning} className="border-line border-b px-3 py-1 text-sm text-warn">
          {warning}
        </p>
      ))}
      <LogDeadlocks deadlocks={findings.deadlocks} />
      <PastedList file={file} pasted={findings.pasted} />
      {findings.groups.length === 0 ? (
        <EmptyState title="No statement’s time stands in this log">
          The server logs them with log_min_duration_statement, and their plans with auto_explain.
        </EmptyState>
      ) : (
        <>
          <div className="flex items-center gap-4 border-line border-b px-3 py-1">
            <Input
              aria-label="Filter statements"
              placeholder="Filter by text"
              value={filter}
              onChange={setFilter}
              className="w-56"
            />
            <Checkbox checked={onlyPlans} onChange={setOnlyPlans}>
              With plans
            </Checkbox>
            <span role="status" className="text-ink-3 text-sm">
              {formatCount(groups.length)} of {formatCount(findings.groups.length)} statements
            </span>
          </div>
          <GroupTable groups={groups} selected={group?.fingerprint} onSelect={setSelected} onOpen={open} />
          {group !== undefined && <GroupDetails group={group} onOpen={(plan) => open(group, plan)} />}
        </>
      )}
    </section>
  )
}

interface Fact {
  readonly label: string
  readonly value: string
}

const kindNames: Readonly<Record<string, string>> = {
  autoExplain: 'plans',
  error: 'errors',
  deadlock: 'deadlocks',
  lockWait: 'lock waits',
  tempFile: 'temporary files',
  checkpoint: 'checkpoints',
  autovacuum: 'autovacuum runs',
}

function listFacts({ groups, others, events }: LogFindings): readonly Fact[] {
  const totalMs = groups.reduce((sum, group) => sum + group.totalMs, others.totalMs)
  const calls = groups.reduce((sum, group) => sum + group.calls, others.calls)
  return [
    { label: 'in statements', value: formatDuration(totalMs) },
    { label: calls === 1 ? 'execution' : 'executions', value: formatCount(calls) },
    ...Object.entries(kindNames).flatMap(([kind, label]) => {
      const count = events[kind] ?? 0
      return count === 0
        ? []
        : [{ label: count === 1 ? label.replace(/s$/, '') : label, value: formatCount(count) }]
    }),
  ]
}
