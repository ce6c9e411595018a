import type { ServerClient } from '#main/targets/index.ts'
import type { LoadTask } from './load-plan.ts'

export interface LoadOptions {
  readonly tasks: readonly LoadTask[]
  readonly openClient: () => Promise<ServerClient>
  /** How many connections work side by side. */
  readonly connections: number
  readonly onProgress: (step: string, done: number) => void
  readonly signal: AbortSignal
}

/** Runs the tasks, each as soon as what it comes after is done. The first failure ends them all. */
export async function loadShop(options: LoadOptions): Promise<void> {
  const { tasks, signal } = options
  const whole = tasks.reduce((sum, { weight }) => sum + weight, 0)
  const waiting = [...tasks]
  const done = new Set<string>()
  let doneWeight = 0
  const failures: unknown[] = []
  const sleepers = new Set<() => void>()
  const wake = () => {
    for (const resume of sleepers) resume()
    sleepers.clear()
  }
  const stop = () => wake()
  signal.addEventListener('abort', stop)

  const work = async () => {
    let client: ServerClient | undefined
    const cancel = () => void client?.cancel().catch(() => undefined)
    signal.addEventListener('abort', cancel)
    try {
      client = await options.openClient()
      while (waiting.length > 0 && failures.length === 0) {
        signal.throwIfAborted()
        const at = waiting.findIndex(({ after }) => after.every((id) => done.has(id)))
        const [task] = at === -1 ? [] : waiting.splice(at, 1)
        if (task === undefined) {
          await new Promise<void>((resume) => sleepers.add(resume))
          continue
        }
        options.onProgress(task.step, doneWeight / whole)
        await runTask(client, task, signal)
        done.add(task.id)
        doneWeight += task.weight
        wake()
      }
    } catch (error) {
      failures.push(error)
    } finally {
      wake()
      signal.removeEventListener('abort', cancel)
      await client?.close().catch(() => undefined)
    }
  }

  try {
    await Promise.all(Array.from({ length: options.connections }, work))
  } finally {
    signal.removeEventListener('abort', stop)
  }
  signal.throwIfAborted()
  if (failures.length > 0) throw failures[0]
}

async function runTask(client: ServerClient, task: LoadTask, signal: AbortSignal): Promise<void> {
  for (const statement of task.statements) {
    signal.throwIfAborted()
    // A statement takes as many of the task's parameters as it names.
    const count = Math.max(0, ...[...statement.matchAll(/\$(\d)/g)].map(([, nr]) => Number(nr)))
    await client.query(statement, task.parameters.slice(0, count).map(String))
  }
}
