/**
 * A session store in a process of its own, to be killed, starved or locked out by a test. Says one JSON line for
 * each thing done; does the next when told to on its standard input.
 *
 *   node --import ./tests/support/raw-text.mjs tests/support/store-child.ts <data folder> [<path>]
 *
 * Commands, one a line: `put`, `fill` (puts without end), `open <path>`, `create <path>`, `keep`,
 * `plans`, `record <ticks>` (into one recording), `record-on` (without end), `drop-root`, `close`.
 */
import { createInterface } from 'node:readline'
import { openSessionStore } from '#main/store/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import { sampleBackend, sampleTarget } from './sample-activity.ts'
import { sampleRun, sampleWaits } from './sample-run.ts'

const [dataFolder = '', path] = process.argv.slice(2)
const samples = sampleWaits(2_000)
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

try {
  const store = await openSessionStore({
    dataFolder,
    appVersion: 'test',
    now: Date.now,
    ...(path === undefined ? {} : { path }),
  })
  const put = async () => {
    const ordinal = store.nextOrdinal()
    await store.putRun(
      sampleRun({ runId: `run-${ordinal}`, ordinal, waits: { ...sampleRun().waits, samples } }),
    )
    say({ put: ordinal })
  }
  let ticks: number | undefined
  /** So many more ticks of 50 backends, and one write. */
  const record = async (count: number) => {
    if (ticks === undefined) {
      await store.recorded.begin({ target: sampleTarget, startedAtMs: 1_763_700_000_000, hz: 10 })
      ticks = 0
    }
    for (const end = ticks + count; ticks < end; ticks += 1) {
      const atMs = 1_763_700_000_000 + ticks * 100
      const backends = Array.from({ length: 50 }, (_, index) =>
        sampleBackend({ pid: index, queryId: String((ticks ?? 0) % 30), statementStartedAtMs: atMs - index }),
      )
      store.recorded.append({ kind: 'activity', tick: { atMs, periodMs: 100, backends } })
    }
    try {
      await store.recorded.flush()
      say({ recorded: ticks })
    } catch (error) {
      say({ ...failureOf(error), problem: store.recorded.problem() })
    }
  }
  const commands: Readonly<Record<string, (argument: string) => Promise<unknown>>> = {
    put,
    async fill() {
      for (;;) await put()
    },
    open: async (argument) => say({ opened: await store.open(argument) }),
    create: async (argument) => say({ opened: await store.create({ path: argument }) }),
    keep: () => store.plans.keep({ name: 'kept', source: 'paste', text: 'Result' }),
    plans: async () => say({ plans: await store.plans.list() }),
    record: (argument) => record(Number(argument)),
    async 'record-on'() {
      for (;;) await record(20)
    },
    async 'drop-root'() {
      // Root may write what is read-only for everybody else.
      if (process.getuid?.() === 0) process.setuid?.(65_534)
      say({ dropped: true })
    },
    async close() {
      await store.close()
      process.exit(0)
    },
  }
  say({ opened: store.current() })
  for await (const line of createInterface({ input: process.stdin })) {
    const [name = '', ...rest] = line.split(' ')
    try {
      await commands[name]?.(rest.join(' '))
    } catch (error) {
      say(failureOf(error))
    }
  }
  await store.close()
} catch (error) {
  say(failureOf(error))
}

function failureOf(error: unknown) {
  if (!(error instanceof WorkbenchError)) throw error
  const { code, message, advice, cause } = error
  return { failed: { code, message, advice, detail: cause instanceof Error ? cause.message : '' } }
}
