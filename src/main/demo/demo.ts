import { join } from 'node:path'
import {
  type DemoState,
  type DemoStoryId,
  type TargetSettings,
  WorkbenchError,
} from '#shared/session/index.ts'
import { openDemo, type RunningDemo } from './open-demo.ts'
import { createStories } from './stories/index.ts'

export interface DemoOptions {
  /** The workbench's folder; the demo keeps its data in a folder of its own below it. */
  readonly dataFolder: string
  /** Called after each change of `state()`. */
  readonly onChange: () => void
  /** Where the demo's data is instead; `BAROGRAPH_DEMO_FOLDER` unless told. */
  readonly demoFolder?: string | undefined
  /** How large the shop is when it has to be made: 1 = about two million rows. */
  readonly scale?: number
  /** How the server is reached: a private unix socket, or loopback where Node knows none (Windows). */
  readonly transport?: 'socket' | 'tcp'
}

/** The built-in server and its workload. */
export interface Demo {
  /** Resolves when the server takes connections; makes its data first if there is none. */
  start(): Promise<void>
  /** Ends the stories and the server; one that another Barograph runs is only left. Breaks off a start. */
  stop(): Promise<void>
  state(): DemoState
  /** How to connect to the running server. Throws `DEMO_FAILED` while there is none. */
  connection(): { readonly settings: TargetSettings; readonly password?: string }
  setStory(story: DemoStoryId, running: boolean): Promise<void>
  /** `stop`, for good. */
  close(): Promise<void>
}

export function createDemo(options: DemoOptions): Demo {
  const folder =
    options.demoFolder ?? process.env['BAROGRAPH_DEMO_FOLDER'] ?? join(options.dataFolder, 'demo')
  let current: DemoState = { status: 'stopped' }
  let running: RunningDemo | undefined
  let starting: { readonly done: Promise<void>; readonly abort: AbortController } | undefined
  /** A server that is being left still owns its folder, and would be taken for another Barograph's. */
  let leaving: Promise<void> = Promise.resolve()
  let closed = false

  const change = (next: DemoState) => {
    current = next
    options.onChange()
  }
  const stories = createStories({ connection: requireRunning, onChange: () => running && showRunning() })
  const showRunning = () =>
    change({ status: 'running', stories: stories.list(), attached: running?.attached === true })

  function requireRunning(): RunningDemo {
    if (running !== undefined) return running
    throw new WorkbenchError('DEMO_FAILED', 'The demo server is not running.', { advice: 'Start it first.' })
  }

  /** Ends the stories and the server, or only leaves one that another Barograph runs. */
  function leave(which: RunningDemo, next: DemoState): Promise<void> {
    running = undefined
    const left = (async () => {
      await stories.stopAll()
      await which.close()
      change(next)
    })()
    leaving = left.catch(() => undefined)
    return left
  }

  async function startNow(signal: AbortSignal): Promise<void> {
    await leaving
    const report = (step: string, progress: number) => change({ status: 'starting', step, progress })
    report('Looking for the demo server', 0)
    try {
      const opened = await openDemo({
        folder,
        scale: options.scale ?? 1,
        transport: options.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket'),
        onProgress: report,
        signal,
      })
      if (signal.aborted) {
        await opened.close()
        signal.throwIfAborted()
      }
      running = opened
      void opened.ended.then((reason) => onEnded(opened, reason))
      showRunning()
    } catch (error) {
      if (signal.aborted) {
        change({ status: 'stopped' })
        throw new WorkbenchError('DEMO_FAILED', 'The start of the demo server was broken off.', {
          cause: error,
        })
      }
      const failure = asFailure(error)
      change({ status: 'failed', message: failure.message, advice: failure.advice })
      throw failure
    }
  }

  /** The server went away without being asked. */
  async function onEnded(which: RunningDemo, reason: string): Promise<void> {
    if (running !== which) return
    await leave(which, { status: 'failed', message: reason, advice: 'Start it again; its data is safe.' })
  }

  async function stop(): Promise<void> {
    if (starting !== undefined) {
      starting.abort.abort()
      await starting.done.catch(() => undefined)
    }
    await (running === undefined ? leaving : leave(running, { status: 'stopped' }))
    if (current.status === 'failed') change({ status: 'stopped' })
  }

  return {
    start: () => {
      if (closed) return Promise.reject(new WorkbenchError('DEMO_FAILED', 'The workbench is closing.'))
      if (running !== undefined) return Promise.resolve()
      if (starting === undefined) {
        const abort = new AbortController()
        const done = startNow(abort.signal).finally(() => {
          starting = undefined
        })
        starting = { done, abort }
      }
      return starting.done
    },
    stop,
    state: () => current,
    connection: () => {
      const { settings, secret } = requireRunning()
      return { settings, ...secret }
    },
    setStory: async (story, wanted) => {
      requireRunning()
      await stories.set(story, wanted)
    },
    close: async () => {
      closed = true
      await stop()
    },
  }
}

function asFailure(error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error
  const text = error instanceof Error ? error.message : String(error)
  const full = /ENOSPC|No space left|could not extend file/.test(text)
  return new WorkbenchError('DEMO_FAILED', `The demo server could not be started: ${text}`, {
    advice: full
      ? 'The disk is full: the demo needs about 700 MB while it is made.'
      : 'Start it again; if that fails too, remove the demo’s folder and it is made anew.',
    cause: error,
  })
}
