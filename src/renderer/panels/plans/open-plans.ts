import { client, describeError } from '#renderer/client/index.ts'
import { namePlan } from '#renderer/plan-views/index.ts'
import { notify, notifyError, useSession, whenSession } from '#renderer/state/index.ts'
import { detectLogFormat } from '#shared/logs/index.ts'
import { type FoundPlan, listRawNodes, type PlanError, readPlans } from '#shared/plan/index.ts'
import { maxPlanChars, type PlanSource } from '#shared/session/index.ts'
import { afterPaint } from './after-paint.ts'
import { readFileText } from './file-text.ts'
import { type OpenedText, show, useOpened } from './opened.ts'
import { isPacked, unpackFile } from './unpack-file.ts'

/** Beyond this a file is read as a log, piece by piece: no plan that anyone pastes is as large. */
const plansChars = maxPlanChars
/** Enough of a file to tell a log from a plan. */
const sniffedBytes = 64 * 1_024

/** What is sent without anybody noticing. */
const quickChars = 256 * 1_024

let opened = 0
/** Plans that were pasted in this window, by the id under which the session keeps them. */
const viewIds = new Map<string, string>()

export interface TextToOpen {
  readonly text: string
  readonly source: PlanSource
  /** A file's name, a log's statement; else the plan says. */
  readonly name?: string
  readonly statement?: string
  readonly durationMs?: number
  readonly log?: File
}

/** Shows the plans of a text at once, and keeps the text in the session behind that. */
export function openText(given: TextToOpen): void {
  const reading = readPlans(given.text)
  if (!reading.ok) {
    const name = given.name ?? 'What was pasted'
    show({ kind: 'refused', refused: { name, text: given.text, error: reading.error } })
    return
  }
  const [first] = reading.plans
  if (first === undefined) return
  opened += 1
  const id = `unkept-${opened}`
  const text: OpenedText = {
    id,
    viewId: id,
    name: given.name ?? namePlan(first.raw, first.statement),
    source: given.source,
    text: given.text,
    found: reading.plans,
    statement: given.statement,
    durationMs: given.durationMs,
    log: given.log,
    warnings: reading.warnings,
    unkept: undefined,
  }
  show({ kind: 'plans', opened: text, index: 0 })
  // A small one is sent in no time: a reload that follows at once finds it.
  const seen = given.text.length < quickChars ? Promise.resolve() : afterPaint()
  seen.then(() => keep(text, given, first)).catch(notifyError)
}

/** Changes the text on screen, if it is still the same one. */
function amend(id: string, change: Partial<OpenedText>): void {
  useOpened.setState(({ shown }) =>
    shown.kind === 'plans' && shown.opened.id === id
      ? { shown: { ...shown, opened: { ...shown.opened, ...change } } }
      : { shown },
  )
}

async function keep(text: OpenedText, given: TextToOpen, first: FoundPlan): Promise<void> {
  if (useSession.getState().session === undefined) {
    amend(text.id, { unkept: 'There is no session to keep it in yet.' })
  }
  const session = await whenSession()
  const statement = given.statement ?? first.statement
  const durationMs = given.durationMs ?? first.durationMs
  const executionMs = first.raw['Execution Time']
  try {
    const kept = await client.plans.keep({
      sessionId: session.sessionId,
      name: text.name.slice(0, 200),
      source: text.source,
      text: text.text,
      ...(statement === undefined || statement.length > 100_000 ? {} : { statement }),
      ...(durationMs === undefined ? {} : { durationMs }),
      nodes: listRawNodes(first.raw).length,
      ...(typeof executionMs === 'number' ? { executionMs } : {}),
    })
    viewIds.set(kept.planId, text.viewId)
    amend(text.id, { id: kept.planId, unkept: undefined })
  } catch (error) {
    const { message, advice } = describeError(error)
    amend(text.id, { unkept: [message, advice].filter((part) => part !== '').join(' ') })
  }
}

/** Opens a plan of the session's list. */
export async function openKept(planId: string): Promise<void> {
  const { session, plans } = useSession.getState()
  if (session === undefined) return
  const name = plans.find((plan) => plan.planId === planId)?.name ?? ''
  show({ kind: 'loading', id: planId, name })
  try {
    const kept = await client.plans.open({ sessionId: session.sessionId, planId })
    const { shown } = useOpened.getState()
    // Another was chosen meanwhile.
    if (shown.kind !== 'loading' || shown.id !== planId) return
    const reading = readPlans(kept.text)
    if (!reading.ok) {
      show({ kind: 'refused', refused: { name: kept.name, text: kept.text, error: reading.error } })
      return
    }
    show({
      kind: 'plans',
      opened: {
        id: planId,
        viewId: viewIds.get(planId) ?? planId,
        name: kept.name,
        source: kept.source,
        text: kept.text,
        found: reading.plans,
        statement: kept.statement,
        durationMs: kept.durationMs,
        log: undefined,
        warnings: reading.warnings,
        unkept: undefined,
      },
      index: 0,
    })
  } catch (error) {
    show({ kind: 'nothing', draft: '' })
    notifyError(error)
  }
}

async function openFile(dropped: File): Promise<void> {
  const file = (await isPacked(dropped)) ? await unpack(dropped) : dropped
  if (file === undefined) return
  const start = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())
  if (file.size > plansChars || detectLogFormat(start) !== undefined) {
    show({ kind: 'log', file })
    return
  }
  const text = await readFileText(file)
  if (text !== undefined) {
    openText({ text, source: 'file', name: file.name })
    return
  }
  // What it is instead its first bytes tell, and the reader knows.
  const reading = readPlans(new TextDecoder().decode(start))
  if (!reading.ok) refuse(file.name, reading.error)
}

async function unpack(file: File): Promise<File | undefined> {
  const id = `packed-${file.name}`
  show({ kind: 'loading', id, name: file.name })
  try {
    const unpacked = await unpackFile(file)
    const { shown } = useOpened.getState()
    // Another was chosen meanwhile.
    return shown.kind === 'loading' && shown.id === id ? unpacked : undefined
  } catch (error) {
    // One that can't be read at all is told as any other.
    if (!(error instanceof TypeError)) throw error
    const message = 'It is a gzip file that is damaged or cut off.'
    refuse(file.name, { code: 'notAPlan', message, line: undefined, column: undefined })
    return undefined
  }
}

const refuse = (name: string, error: PlanError): void =>
  show({ kind: 'refused', refused: { name, text: '', error } })

let opening: Promise<void> = Promise.resolve()

/**
 * Opens files one after the other, those that are dropped meanwhile as well: the last one stays on screen, all are in
 * the list.
 */
export function openFiles(files: readonly File[]): Promise<void> {
  opening = opening.then(() => openEach(files))
  return opening
}

async function openEach(files: readonly File[]): Promise<void> {
  for (const file of files) {
    try {
      await openFile(file)
    } catch {
      notify({
        tone: 'bad',
        title: `${file.name} can’t be read`,
        text: 'It may have been moved, or its permissions do not allow it.',
      })
    }
  }
}
