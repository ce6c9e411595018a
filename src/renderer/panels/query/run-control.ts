import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client, ErrorDescription } from '#renderer/client/index.ts'
import type { Run, RunOptions, RunParameter } from '#shared/session/index.ts'
import type { LiveRun } from './slots.ts'

export interface RunRequest {
  readonly statement: string
  /** UTF-16 offset of the statement in the editor's text, and which state of that text it was. */
  readonly offset: number
  readonly revision: number
  readonly parameters: readonly RunParameter[]
  readonly options: RunOptions
}

/** What the lower half of the panel shows. */
export type Shown =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'starting'; readonly request: RunRequest }
  | {
      readonly kind: 'running'
      readonly request: RunRequest
      readonly live: LiveRun
      readonly cancelling: boolean
      /** The window lost the workbench; the run goes on without it. */
      readonly outOfReach: boolean
    }
  /** `request` is there where this window started it and has not opened another since. */
  | { readonly kind: 'finished'; readonly run: Run; readonly request?: RunRequest }
  /** Nothing was sent to the server. */
  | { readonly kind: 'refused'; readonly request: RunRequest; readonly error: ErrorDescription }
  /** The run was started, and then lost from sight. */
  | { readonly kind: 'lost'; readonly request: RunRequest; readonly error: ErrorDescription }

export interface RunCalls {
  readonly profile: Pick<Client['profile'], 'start' | 'tail' | 'cancel'>
  readonly describe: (error: unknown) => ErrorDescription
  /** Settles when the workbench can be reached again. */
  readonly whenReachable: () => Promise<void>
  readonly now: () => number
  /** Lets some news gather before it is asked for again. */
  readonly pause: (ms: number) => Promise<void>
}

export interface RunControl {
  readonly store: StoreApi<{ readonly shown: Shown }>
  /** Starts a run and follows it to its end; answers `false` if one is under way. */
  start(request: RunRequest): Promise<boolean>
  cancel(): Promise<void>
  /**
   * Follows a run to its end that is under way already, as one that this window started before it was loaded anew. Answers
   * `false` if the workbench knows nothing of it any more, or another is under way here.
   *
   * @param onFound called once it is shown
   */
  resume(
    run: Pick<Run, 'runId' | 'statement' | 'parameters' | 'options'>,
    onFound?: () => void,
  ): Promise<boolean>
  /** Shows an earlier run. */
  open(run: Run): void
}

const tailWaitMs = 2_000
/** About ten looks a second: enough for the eye, and a fast sampler does not flood the window. */
const pauseMs = 90

/** Of no state of the editor's text. */
const noRevision = -1

/** The statement of a run that this window has not started from its editor's text, if it is one. */
export function statementFromElsewhere(shown: Shown): string | undefined {
  if (shown.kind === 'running')
    return shown.request.revision === noRevision ? shown.request.statement : undefined
  if (shown.kind !== 'finished') return undefined
  const { run, request } = shown
  return request === undefined || request.revision === noRevision ? run.statement : undefined
}

export function isUnderWay(shown: Shown): boolean {
  return shown.kind === 'starting' || shown.kind === 'running'
}

export function createRunControl(calls: RunCalls): RunControl {
  const store = createStore<{ readonly shown: Shown }>(() => ({ shown: { kind: 'nothing' } }))
  const show = (shown: Shown): void => store.setState({ shown })
  let cancelWanted = false
  let runId: string | undefined

  const takeIn = (
    request: RunRequest,
    before: LiveRun | undefined,
    progress: LiveRun['progress'],
  ): LiveRun => {
    const samples = before?.samples ?? []
    const live: LiveRun = {
      progress,
      samples: progress.newSamples.length === 0 ? samples : [...samples, ...progress.newSamples],
      receivedAtMs: calls.now(),
    }
    if (progress.run) show({ kind: 'finished', run: progress.run, request })
    else show({ kind: 'running', request, live, cancelling: cancelWanted, outOfReach: false })
    return live
  }

  const follow = async (request: RunRequest, id: string, first?: LiveRun): Promise<void> => {
    let live = first
    for (;;) {
      try {
        const after = live?.progress.cursor ?? 0
        live = takeIn(request, live, await calls.profile.tail({ runId: id, after, waitMs: tailWaitMs }))
        if (live.progress.run) return
      } catch (error) {
        const described = calls.describe(error)
        if (described.code !== 'UNREACHABLE') {
          show({ kind: 'lost', request, error: described })
          return
        }
        const { shown } = store.getState()
        if (shown.kind === 'running') show({ ...shown, outOfReach: true })
        await calls.whenReachable()
      }
      await calls.pause(pauseMs)
    }
  }

  const sendCancel = async (id: string): Promise<void> => {
    const { shown } = store.getState()
    if (shown.kind === 'running') show({ ...shown, cancelling: true })
    // A run that ended meanwhile can't be cancelled: the tail tells how it ended.
    await calls.profile.cancel({ runId: id }).catch(() => {})
  }

  return {
    store,
    async start(request) {
      if (isUnderWay(store.getState().shown)) return false
      cancelWanted = false
      runId = undefined
      show({ kind: 'starting', request })
      try {
        const { statement, parameters, options } = request
        runId = (await calls.profile.start({ statement, parameters: [...parameters], options })).runId
      } catch (error) {
        show({ kind: 'refused', request, error: calls.describe(error) })
        return true
      }
      if (cancelWanted) void sendCancel(runId)
      await follow(request, runId)
      return true
    },
    async cancel() {
      if (!isUnderWay(store.getState().shown)) return
      cancelWanted = true
      if (runId !== undefined) await sendCancel(runId)
    },
    async resume({ runId: id, statement, parameters, options }, onFound) {
      let progress: LiveRun['progress']
      try {
        progress = await calls.profile.tail({ runId: id, after: 0, waitMs: 0 })
      } catch {
        return false
      }
      if (isUnderWay(store.getState().shown)) return false
      cancelWanted = false
      runId = id
      // Where in the editor's text it was, nobody knows any more.
      const request = { statement, offset: 0, revision: noRevision, parameters, options }
      const live = takeIn(request, undefined, progress)
      onFound?.()
      if (live.progress.run === undefined) await follow(request, id, live)
      return true
    },
    open(run) {
      if (!isUnderWay(store.getState().shown)) show({ kind: 'finished', run })
    },
  }
}
