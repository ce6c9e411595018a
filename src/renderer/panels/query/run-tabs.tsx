import { SquareTerminal } from 'lucide-react'
import type { ReactNode } from 'react'
import { EmptyState, Spinner, type TabItem, TabPanel, Tabs } from '#renderer/kit/index.ts'
import type { ReadPlan } from '#renderer/plan-views/index.ts'
import { formatCountShort } from '#shared/units/index.ts'
import { hasPlan } from './compare-runs.ts'
import { RunFailure, StartFailure } from './failure.tsx'
import { Messages } from './messages.tsx'
import { useRunPlan } from './plan-state.ts'
import { PlanTab } from './plan-tab.tsx'
import { Results } from './results/index.ts'
import type { Shown } from './run-control.ts'
import { RunList } from './runs/index.ts'

export type TabId = 'outcome' | 'plan' | 'rows' | 'messages' | 'runs'

interface RunTabsProps {
  readonly shown: Shown
  /** To the right of the tabs: what is going on. */
  readonly line: ReactNode
  readonly runCount: number
  /** Chosen by hand; else the first that the run has. */
  readonly chosen: TabId | undefined
  readonly onTab: (tab: TabId) => void
  readonly onOpenRun: (runId: string) => void
  readonly onCompareRun: (runId: string) => void
  readonly onShowProblem: (() => void) | undefined
  /** What to do where nothing has run yet. */
  readonly empty: ReactNode
}

/** Which tabs a run has: none that would be empty. */
export function tabsOf(shown: Shown): readonly TabId[] {
  if (shown.kind === 'running') return shown.request.options.mode === 'run' ? ['rows'] : ['outcome']
  if (shown.kind !== 'finished') return ['outcome']
  const { run } = shown
  const tabs: TabId[] = []
  if (run.state === 'failed' || run.state === 'cancelled') tabs.push('outcome')
  if (run.planJson !== undefined) tabs.push('plan')
  if (run.mode === 'run' && (run.state === 'done' || run.rows > 0)) tabs.push('rows')
  if (run.notes.length > 0) tabs.push('messages')
  return tabs.length === 0 ? ['outcome'] : tabs
}

function labelOf(tab: TabId, shown: Shown, runCount: number, read: ReadPlan): ReactNode {
  switch (tab) {
    case 'outcome':
      return shown.kind === 'finished' ? (shown.run.state === 'failed' ? 'Error' : 'Cancelled') : 'Result'
    case 'plan':
      return <PlanLabel read={read} />
    case 'rows':
      return 'Rows'
    case 'messages':
      return <Counted label="Messages" count={shown.kind === 'finished' ? shown.run.notes.length : 0} />
    case 'runs':
      return <Counted label="Runs" count={runCount} />
  }
}

/** With how much there is to say about the plan; the tab's name stays the plan's. */
function PlanLabel({ read }: { readonly read: ReadPlan }) {
  const count = read.kind === 'plan' ? read.document.findings.length : 0
  if (count === 0) return 'Plan'
  return (
    <>
      Plan{' '}
      <span className="text-ink-3 text-xs">
        {count} {count === 1 ? 'finding' : 'findings'}
      </span>
    </>
  )
}

function Counted({ label, count }: { readonly label: string; readonly count: number }) {
  return (
    <>
      {label} <span className="text-xs text-ink-3">{formatCountShort(count)}</span>
    </>
  )
}

export function RunTabs(props: RunTabsProps) {
  const { shown, line, runCount, chosen, onTab } = props
  const tabs: readonly TabId[] = runCount > 0 ? [...tabsOf(shown), 'runs'] : tabsOf(shown)
  const open = tabs.find((tab) => tab === chosen) ?? tabs[0] ?? 'outcome'
  const read = useRunPlan(shown.kind === 'finished' ? shown.run : undefined)
  const items = tabs.map((id): TabItem<TabId> => ({ id, label: labelOf(id, shown, runCount, read) }))
  return (
    <Tabs
      label="Result"
      items={items}
      value={open}
      onChange={onTab}
      actions={line}
      className="flex-1 bg-surface-1"
    >
      <TabPanel id={open}>
        <TabBody {...props} open={open} />
      </TabPanel>
    </Tabs>
  )
}

function TabBody(props: RunTabsProps & { readonly open: TabId }) {
  const { shown, open, onOpenRun, onCompareRun, onShowProblem, empty } = props
  if (open === 'runs') {
    const run = shown.kind === 'finished' ? shown.run : undefined
    return (
      <RunList
        shownRunId={run?.runId}
        onOpen={onOpenRun}
        onCompare={run !== undefined && hasPlan(run) ? onCompareRun : undefined}
      />
    )
  }
  if (shown.kind === 'nothing') return empty
  if (shown.kind === 'refused' || shown.kind === 'lost') return <StartFailure shown={shown} />
  if (shown.kind === 'running' && open === 'rows') {
    const { progress } = shown.live
    return (
      <Results
        key={progress.runId}
        runId={progress.runId}
        fileName="run.csv"
        rows={progress.rows}
        done={false}
      />
    )
  }
  if (shown.kind === 'starting' || shown.kind === 'running') {
    return (
      <div className="flex h-full flex-col items-center justify-center gap-3 text-ink-2">
        <Spinner size={20} label="The statement is running" />
        {shown.request.options.mode === 'analyse' && (
          <p>The plan comes when the statement has run to its end.</p>
        )}
      </div>
    )
  }
  const { run } = shown
  switch (open) {
    case 'rows':
      return (
        <Results key={run.runId} runId={run.runId} fileName={`run-${run.ordinal}.csv`} rows={run.rows} done />
      )
    case 'messages':
      return <Messages run={run} />
    case 'outcome':
      return run.error || run.state === 'cancelled' ? (
        <RunFailure run={run} {...(onShowProblem ? { onShow: onShowProblem } : {})} />
      ) : (
        <EmptyState icon={SquareTerminal} title="Done">
          The statement returned nothing to show.
        </EmptyState>
      )
    case 'plan':
      return <PlanTab key={run.runId} run={run} />
  }
}
