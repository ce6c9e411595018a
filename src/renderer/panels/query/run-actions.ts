import { create } from 'zustand'
import { describeError, type ErrorDescription } from '#renderer/client/index.ts'
import { notify, notifyError } from '#renderer/state/index.ts'
import type { Run, RunMode, RunSetting } from '#shared/session/index.ts'
import { refreshCatalogueQuietly } from './catalogue.ts'
import { ensureCheck } from './checking.ts'
import { draftStore } from './draft.ts'
import { currentEditor } from './editor-handle.ts'
import { clearNextSettings, mergeSettings, useNextSettings } from './next-settings.ts'
import { optionsForRun, type QueryOptions } from './options.ts'
import { parametersForRun } from './parameter-state.ts'
import { runControl } from './query-state.ts'
import { isUnderWay, type RunRequest } from './run-control.ts'
import { type ChosenStatement, chooseStatement } from './statement-choice.ts'

/** Something that has to be said before a statement is sent. */
export type Question =
  | { readonly kind: 'outside-transaction'; readonly choice: ChosenStatement; readonly reason: string }
  | { readonly kind: 'not-explainable'; readonly choice: ChosenStatement; readonly mode: RunMode }
  | { readonly kind: 'refused'; readonly choice: ChosenStatement; readonly reason: string }

export const useQuestion = create<{ readonly question: Question | undefined }>(() => ({
  question: undefined,
}))

export function closeQuestion(): void {
  useQuestion.setState({ question: undefined })
}

function askFirst(choice: ChosenStatement, mode: RunMode): Question | undefined {
  const { facts } = choice
  if (facts?.refusal !== undefined) return { kind: 'refused', choice, reason: facts.refusal }
  if (facts !== undefined && !facts.explainable && mode !== 'run')
    return { kind: 'not-explainable', choice, mode }
  if (facts?.outsideTransaction !== undefined && mode === 'run')
    return { kind: 'outside-transaction', choice, reason: facts.outsideTransaction }
  return undefined
}

/** Statements after which completion should know other names. */
const changesCatalogue = /^(?:CREATE|ALTER|DROP|IMPORT|COMMENT|REFRESH)/i

async function send(
  choice: ChosenStatement,
  mode: RunMode,
  options: QueryOptions,
  outsideTransaction: boolean,
): Promise<void> {
  const count = mode === 'generic' ? 0 : (choice.facts?.parameters ?? 0)
  const request: RunRequest = {
    statement: choice.text,
    offset: choice.start,
    revision: draftStore.getState().revision,
    parameters: parametersForRun(choice, count),
    options: withSettings(
      optionsForRun(options, mode, outsideTransaction),
      useNextSettings.getState().settings,
    ),
  }
  await startWithSettings(request)
  const { shown } = runControl.store.getState()
  if (shown.kind === 'refused' && needsAutocommit(shown.error)) {
    useQuestion.setState({
      question: { kind: 'outside-transaction', choice, reason: shown.error.message },
    })
  }
  const kept = shown.kind === 'finished' && shown.run.outcome.endsWith('committed')
  if (kept && changesCatalogue.test(choice.facts?.kind ?? '')) refreshCatalogueQuietly()
}

const withSettings = (
  options: RunRequest['options'],
  settings: readonly RunSetting[],
): RunRequest['options'] => (settings.length === 0 ? options : { ...options, settings })

/** What was set for one run is gone with it, unless that was never sent. */
async function startWithSettings(request: RunRequest): Promise<void> {
  await runControl.start(request)
  if (runControl.store.getState().shown.kind !== 'refused') clearNextSettings()
}

/** Runs a run's statement once more, with its parameters and settings, and one setting changed. */
export async function runAgain(run: Run, setting: RunSetting, options: QueryOptions): Promise<void> {
  const offset = currentEditor()?.text().indexOf(run.statement) ?? -1
  const settings = mergeSettings(
    mergeSettings(run.options.settings ?? [], useNextSettings.getState().settings),
    [setting],
  )
  await startWithSettings({
    statement: run.statement,
    // Where the text no longer holds the statement, no place in it is marked.
    offset: Math.max(0, offset),
    revision: offset < 0 ? -1 : draftStore.getState().revision,
    parameters: run.parameters,
    options: withSettings(optionsForRun(options, run.mode === 'run' ? 'analyse' : run.mode, false), settings),
  })
}

function needsAutocommit(error: ErrorDescription): boolean {
  return error.code === 'NEEDS_AUTOCOMMIT'
}

/** Runs what the cursor or the selection points at, or first says what has to be known about it. */
export async function runChosen(mode: RunMode, options: QueryOptions): Promise<void> {
  if (isUnderWay(runControl.store.getState().shown)) return
  const check = await ensureCheck().catch((error: unknown) => {
    notifyError(error)
    return undefined
  })
  const { text, selection } = draftStore.getState()
  const choice = chooseStatement(text, selection, check)
  if (!choice) {
    notify({ tone: 'info', title: 'There is no statement to run', text: 'Write one in the editor.' })
    return
  }
  const question = askFirst(choice, mode)
  if (question) useQuestion.setState({ question })
  else await send(choice, mode, options, false)
}

/** The user read the question and goes ahead. */
export async function runAfterQuestion(question: Question, options: QueryOptions): Promise<void> {
  closeQuestion()
  if (question.kind === 'refused') return
  const next = question.kind === 'not-explainable' ? askFirst(question.choice, 'run') : undefined
  if (next) useQuestion.setState({ question: next })
  else await send(question.choice, 'run', options, question.kind === 'outside-transaction')
}

/** For event handlers: whatever goes wrong is told, never lost. */
export function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => notify({ tone: 'bad', ...titleAndText(error) }))
}

function titleAndText(error: unknown): { readonly title: string; readonly text: string } {
  const { title, message } = describeError(error)
  return { title, text: message }
}
