import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { client } from '#renderer/client/index.ts'
import type { SqlEditorHandle } from '#renderer/editor/index.ts'
import { Split, SplitHandle, SplitPane, type SplitPaneHandle, useBox } from '#renderer/kit/index.ts'
import { notify, useServer, useSession, useSplitLayout } from '#renderer/state/index.ts'
import type { RunMode } from '#shared/session/index.ts'
import { compareWithShown } from './compare-runs.ts'
import { currentChoice, draftStore } from './draft.ts'
import { setEditorHandle, showStatement } from './editor-handle.ts'
import { EditorPane } from './editor-pane.tsx'
import { focusAsItComes, focusWithin } from './focus-result.ts'
import { NothingYet } from './nothing-yet.tsx'
import { recallParameters, useParameters } from './parameter-state.ts'
import { ParameterStrip } from './parameter-strip.tsx'
import { collectProblems } from './problems.ts'
import { runControl, useDraft, useShown } from './query-state.ts'
import { Questions } from './questions.tsx'
import { inBackground, runChosen } from './run-actions.ts'
import { isUnderWay, type Shown } from './run-control.ts'
import { RunLine } from './run-line.tsx'
import { RunTabs, type TabId } from './run-tabs.tsx'
import { Toolbar } from './toolbar.tsx'
import { useCalmShown } from './use-calm-shown.ts'
import { editorShare, leastEditorPx, useEditorGivesWay } from './use-editor-gives-way.ts'
import { useQueryOptions } from './use-options.ts'
import { usePlanLink } from './use-plan-link.ts'
import { useQueryCommands } from './use-query-commands.ts'
import { useReopenedRun } from './use-reopened-run.ts'
import { WaitStrip } from './waits/index.ts'

/** A tab that was chosen by hand; the next run opens its own again. */
interface ChosenTab {
  readonly of: string
  readonly tab: TabId
}

function identityOf(shown: Shown): string {
  if (shown.kind === 'running') return shown.live.progress.runId
  return shown.kind === 'finished' ? shown.run.runId : shown.kind
}

/** A panel lower than this has room for one thing: what came of the run. */
const lowPx = 640

/** The workbench proper: a statement, how to run it, and what came of it. */
export function QueryPanel() {
  const server = useServer()
  const shown = useShown()
  const draft = useDraft((state) => state)
  const choice = useMemo(() => currentChoice(draft), [draft])
  const parameters = useParameters(choice)
  const [options, setOptions] = useQueryOptions()
  const [optionsOpen, setOptionsOpen] = useState(false)
  const [tab, setTab] = useState<ChosenTab>()
  const runCount = useSession((store) => store.runs.length)
  const layout = useSplitLayout('query.main')
  const editor = useRef<SqlEditorHandle>(undefined)
  const lower = useRef<HTMLDivElement>(null)
  const underWay = isUnderWay(shown)
  const calm = useCalmShown(shown)
  const root = useRef<HTMLElement>(null)
  const { height } = useBox(root)
  const isLow = height > 0 && height < lowPx
  const editorPane = useRef<SplitPaneHandle>(null)
  const leastPx = leastEditorPx(parameters.values.length > 0)
  useEditorGivesWay(editorPane, isLow && calm.kind !== 'nothing', leastPx)

  const run = (mode: RunMode): void => {
    if (underWay) tellStillRunning('It has to end before the next one starts; Esc cancels it.')
    else inBackground(runChosen(mode, options))
  }
  const cancel = (): void => inBackground(runControl.cancel())

  // The row that a run was opened from went away with its table: the keyboard goes on with what it opened.
  const opensResult = useRef(false)
  useEffect(() => {
    if (!opensResult.current || calm.kind !== 'finished') return
    opensResult.current = false
    if (isNobodys(document.activeElement)) return focusAsItComes(lower.current)
  }, [calm])

  useQueryCommands({
    connected: server !== undefined,
    underWay,
    onRun: run,
    onCancel: cancel,
    onFormat: () => inBackground(editor.current?.format() ?? Promise.resolve()),
    onOptions: () => setOptionsOpen(true),
    onFocusEditor: () => editor.current?.focus(),
    onFocusResult: () => focusWithin(lower.current),
  })

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || !underWay) return
    event.preventDefault()
    cancel()
  }

  const openRun = (runId: string): void => {
    const sessionId = useSession.getState().session?.sessionId
    if (sessionId === undefined) return
    if (underWay) {
      tellStillRunning('An earlier run can be opened when it has ended; Esc cancels it.')
      return
    }
    const open = async (): Promise<void> => {
      const opened = await client.session.run({ sessionId, runId })
      opensResult.current = true
      runControl.open(opened)
      setTab(undefined)
      recallParameters(opened.statement, opened.parameters)
      const at = editor.current?.text().indexOf(opened.statement) ?? -1
      if (editor.current === undefined) showStatement(opened.statement)
      else if (at < 0) editor.current.setText(opened.statement)
      else editor.current.beginAt({ start: at, end: at + opened.statement.length })
    }
    inBackground(open())
  }

  const compareRun = (runId: string): void => {
    const sessionId = useSession.getState().session?.sessionId
    if (sessionId === undefined || calm.kind !== 'finished') return
    const { run: against } = calm
    const compare = async (): Promise<void> => {
      const blockBytes = server?.blockBytes
      if (await compareWithShown({ sessionId, runId, shown: against, blockBytes }))
        setTab({ of: against.runId, tab: 'plan' })
    }
    inBackground(compare())
  }

  useReopenedRun((reopened) => {
    recallParameters(reopened.statement, reopened.parameters)
    // A run above an empty editor would be nobody's.
    if (draftStore.getState().text.trim() === '') showStatement(reopened.statement)
    // The list of runs may have been gone to meanwhile.
    setTab((chosen) => (chosen?.of === 'nothing' ? { ...chosen, of: reopened.runId } : chosen))
  })
  usePlanLink(openRun)

  const problem = collectProblems(shown, draft).find(({ source }) => source === 'run')
  const showProblem =
    problem &&
    (() => {
      editor.current?.reveal(problem)
      editor.current?.focus()
    })

  return (
    <section ref={root} aria-label="Query" className="flex min-h-0 flex-1 flex-col" onKeyDown={onKeyDown}>
      <Split direction="rows" className="flex-1" {...layout}>
        <SplitPane id="editor" size={editorShare} min={leastPx} handle={editorPane}>
          <Toolbar
            underWay={underWay}
            cancelling={shown.kind === 'running' && shown.cancelling}
            connected={server !== undefined}
            onRun={run}
            onCancel={cancel}
            options={options}
            onChange={setOptions}
            serverVersionNum={server?.versionNum}
            open={optionsOpen}
            onOpenChange={setOptionsOpen}
          />
          <EditorPane
            choice={choice}
            onReady={(handle) => {
              editor.current = handle
              setEditorHandle(handle)
              // The panel's first job is to be typed into.
              if (handle && isNobodys(document.activeElement)) handle.focus()
            }}
          />
          <ParameterStrip {...parameters} />
        </SplitPane>
        <SplitHandle label="Height of the editor" />
        <SplitPane id="result" min={120}>
          <div ref={lower} className="flex min-h-0 flex-1 flex-col">
            <RunTabs
              shown={calm}
              line={<RunLine shown={shown} />}
              runCount={runCount}
              chosen={tab?.of === identityOf(calm) ? tab.tab : undefined}
              onTab={(chosen) => setTab({ of: identityOf(calm), tab: chosen })}
              onOpenRun={openRun}
              onCompareRun={compareRun}
              onShowProblem={showProblem}
              empty={
                <NothingYet
                  earlierRuns={runCount}
                  onExample={({ statement, parameters }) => {
                    recallParameters(statement, parameters)
                    showStatement(statement)
                  }}
                />
              }
            />
            <Waits shown={calm} isLow={isLow} />
          </div>
        </SplitPane>
      </Split>
      <Questions options={options} />
    </section>
  )
}

/** Nothing that somebody chose has the focus. */
const isNobodys = (focused: Element | null): boolean =>
  focused === null || focused === document.body || focused.matches('main')

const tellStillRunning = (text: string): void =>
  notify({ tone: 'info', title: 'A statement is still running', text })

/** The run's own waits, under whatever form of its result is open; none where nothing was executed. */
function Waits({ shown, isLow }: { readonly shown: Shown; readonly isLow: boolean }) {
  if (shown.kind === 'running') return <WaitStrip live={shown.live} isLow={isLow} />
  if (shown.kind !== 'finished') return null
  const { run } = shown
  const executed = run.mode === 'run' || run.mode === 'analyse' || run.waits.ticks > 0
  return executed ? <WaitStrip run={run} isLow={isLow} /> : null
}
