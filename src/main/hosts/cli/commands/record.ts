import { setTimeout as sleep } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import type { Workbench } from '#main/router/index.ts'
import { type DemoStoryId, demoStoryIds } from '#shared/session/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure, usageFailure } from '../failure.ts'
import { createProgressLine, print } from '../output.ts'
import { describeProgress } from '../record/progress-text.ts'
import { formatSummary } from '../record/summary-text.ts'
import { plainJsonLine } from '../report/plain-json.ts'
import { addTargetOptions, connectTarget, type TargetOptions } from '../target-options.ts'
import { readRecordingHertz, readSeconds, readSessionPath } from '../values.ts'

interface RecordOptions extends TargetOptions {
  readonly out: string
  readonly seconds?: number
  readonly hz: number
  readonly workload?: readonly DemoStoryId[]
  readonly data?: string
  readonly json?: boolean
}

/** How long one look at the state may wait for news. */
const waitMs = 1_000

/** `barograph record`: watches a server and keeps what it sees in a session file. */
export function recordCommand(): Command {
  return addTargetOptions(new Command('record'))
    .description('Records what a server does into a session file, until it is interrupted.')
    .requiredOption('--out <file>', 'the session file (.barograph); added to if it exists', readSessionPath)
    .option('--seconds <n>', 'end after so many seconds; without it Ctrl-C ends the recording', readSeconds)
    .option('--hz <rate>', 'samples of activity a second, 1 to 100', readRecordingHertz, 10)
    .option(
      '--workload <stories>',
      'with --demo: switches on these stories of its workload (stories = all of them, or names by comma)',
      readStories,
    )
    .option('--data <folder>', "where the demo server is kept; BAROGRAPH_DATA or the system's place")
    .option('--json', 'print what was recorded as JSON')
    .action(record)
}

async function record(options: RecordOptions): Promise<void> {
  if (options.workload !== undefined && options.demo !== true) {
    throw usageFailure('--workload is for the demo server: name it by --demo.')
  }
  const { withEngine } = await import('../engine.ts')
  // Without an end of its own, an interruption is the end that was asked for.
  await withEngine({ ...options, endsByInterruption: true }, async ({ client, interrupted, begin }) => {
    await connectTarget(client, options)
    if (interrupted.aborted) return
    await client.recording.start({ hz: options.hz })
    begin()
    try {
      for (const story of options.workload ?? []) await client.demo.setStory({ story, running: true })
      await watch(client, options.seconds, interrupted)
      for (const story of options.workload ?? []) await client.demo.setStory({ story, running: false })
    } finally {
      await client.recording.stop()
    }
    await failIfUnwritten(client)
    const { sessionId } = await client.session.current()
    const summary = await client.recording.summary({ sessionId })
    await print(options.json === true ? plainJsonLine(summary) : formatSummary(options.out, summary))
  })
}

/** What could not be written ends with this process: nobody may take the file for the whole recording. */
async function failIfUnwritten(client: Workbench['client']): Promise<void> {
  const { recording } = await client.workbench.tail({ after: 0, waitMs: 0 })
  if (recording.status === 'off' && recording.problem !== undefined) {
    throw new CommandFailure(exitCodes.session, `${recording.problem} The end of the recording is lost.`)
  }
}

/** Shows how it goes until the time is over or the user ends it. */
async function watch(
  client: Workbench['client'],
  seconds: number | undefined,
  interrupted: AbortSignal,
): Promise<void> {
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, interrupted])
  const over =
    seconds === undefined
      ? new Promise<void>((resolve) => interrupted.addEventListener('abort', () => resolve(), { once: true }))
      : sleep(seconds * 1_000, undefined, { signal: interrupted }).catch(() => {})
  const line = createProgressLine()
  const telling = async () => {
    for (let after = 0; !signal.aborted; ) {
      const state = await client.workbench.tail({ after, waitMs }, { signal }).catch(() => undefined)
      if (state === undefined) return
      after = state.cursor
      line.show(describeProgress(state.recording, Date.now()))
    }
  }
  const told = telling()
  await over
  ending.abort()
  await told
  line.clear()
}

function readStories(text: string): readonly DemoStoryId[] {
  if (text === 'stories' || text === 'all') return demoStoryIds
  const names = text.split(',').map((name) => name.trim())
  const known = names.filter((name): name is DemoStoryId =>
    (demoStoryIds as readonly string[]).includes(name),
  )
  if (known.length === names.length) return known
  throw new InvalidArgumentError(`Stories are ${demoStoryIds.join(', ')}, or stories for all of them.`)
}
