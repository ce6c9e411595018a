import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Workbench } from '#main/router/index.ts'
import {
  defaultRunOptions,
  type Run,
  type RunMode,
  type RunOptions,
  type RunParameter,
  type RunSetting,
} from '#shared/session/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure, joinSentences, usageFailure } from '../failure.ts'
import { describeUnreadable } from '../files/source.ts'
import { print } from '../output.ts'
import { buildReport, formatJson } from '../report/json.ts'
import { formatProfile } from '../report/text.ts'
import { addTargetOptions, connectTarget, type TargetOptions } from '../target-options.ts'
import { withoutControls } from '../terminal.ts'
import {
  collectParameter,
  collectSetting,
  readCount,
  readDuration,
  readHertz,
  readRowLimit,
  readSessionPath,
} from '../values.ts'

interface ProfileOptions extends TargetOptions {
  readonly sql?: string
  readonly file?: string
  readonly param?: readonly RunParameter[]
  readonly set?: readonly RunSetting[]
  readonly repeat: number
  readonly mode: RunMode
  readonly hz: number
  readonly timeout: number
  readonly maxRows: number
  readonly commit?: boolean
  readonly autocommit?: boolean
  readonly out?: string
  readonly data?: string
  readonly json?: boolean
}

/** How long one look at a run may wait for news. */
const waitMs = 1_000

/** `barograph profile`: runs a statement and says where its time went. */
export function profileCommand(): Command {
  const command = new Command('profile').description('Runs a statement and shows where its time went.')
  addTargetOptions(command)
    .option('--sql <statement>', 'the statement')
    .option('--file <path>', 'a file with the statement; - reads standard input')
    .option('--param <value>', 'a value for the next of $1, $2 …; \\N is NULL', collectParameter)
    .option(
      '--set <name=value>',
      'a server setting for the runs alone (work_mem=64MB, enable_seqscan=off); repeatable',
      collectSetting,
    )
    .option('--repeat <n>', 'so many runs, one after the other', readCount, 1)
    .addOption(
      new Option('--mode <mode>', 'analyse, run (fetches the rows), explain or generic')
        .argParser(readMode)
        .default('analyse'),
    )
    .option('--hz <rate>', 'samples of its waits a second', readHertz, 50)
    .option('--timeout <duration>', 'cancel after this long: 500ms, 30s, 5min; 0 = never', readDuration, 0)
    .option('--max-rows <n>', 'with --mode run: fetch at most so many rows', readRowLimit, 100_000)
    .option('--commit', 'keep what the statement writes (rolled back otherwise)')
    .option('--autocommit', 'run outside of a transaction, for statements that need it (VACUUM …)')
    .option('--out <file>', 'keep the runs in this session file (.barograph), new or not', readSessionPath)
    .option('--data <folder>', "where the demo server is kept; BAROGRAPH_DATA or the system's place")
    .option('--json', 'print JSON')
    .action(profile)
  return command
}

async function profile(options: ProfileOptions): Promise<void> {
  if (options.commit === true && options.autocommit === true) {
    throw usageFailure('--commit and --autocommit exclude each other.')
  }
  const statement = await readStatement(options)
  // Loaded only now: help and wrong options are answered without database libraries.
  const { withEngine } = await import('../engine.ts')
  await withEngine(options, async ({ client, interrupted, begin }) => {
    await connectTarget(client, options)
    begin()
    const runs: Run[] = []
    while (runs.length < options.repeat && !interrupted.aborted) {
      const run = await runOnce(client, { statement, ...toRunInput(options) }, interrupted)
      runs.push(run)
      if (run.state !== 'done') break
    }
    if (interrupted.aborted) return
    await print(
      options.json === true
        ? formatJson(buildReport(statement, runs))
        : withoutControls(formatProfile(statement, runs)),
    )
    failIfFailed(runs.at(-1))
  })
}

type RunInput = Parameters<Workbench['client']['profile']['start']>[0]

/** Starts a run and follows it to its end; an interruption cancels it on the server first. */
async function runOnce(client: Workbench['client'], input: RunInput, interrupted: AbortSignal): Promise<Run> {
  const { runId } = await client.profile.start(input)
  const cancel = () => void client.profile.cancel({ runId }).catch(() => {})
  interrupted.addEventListener('abort', cancel, { once: true })
  if (interrupted.aborted) cancel()
  try {
    for (let after = 0; ; ) {
      const progress = await client.profile.tail({ runId, after, waitMs })
      if (progress.run !== undefined) return progress.run
      after = progress.cursor
    }
  } finally {
    interrupted.removeEventListener('abort', cancel)
  }
}

function toRunInput(options: ProfileOptions): Omit<RunInput, 'statement'> {
  const runOptions: RunOptions = {
    mode: options.mode,
    explain: defaultRunOptions.explain,
    onEnd: options.autocommit === true ? 'autocommit' : options.commit === true ? 'commit' : 'rollback',
    statementTimeoutMs: options.timeout,
    maxRows: options.maxRows,
    sampleHz: options.hz,
    ...(options.set === undefined ? {} : { settings: options.set }),
  }
  return { parameters: [...(options.param ?? [])], options: runOptions }
}

function failIfFailed(run: Run | undefined): void {
  if (run === undefined || run.state === 'done') return
  const { message = 'it ended early', detail, hint } = run.error ?? {}
  const what = run.state === 'cancelled' ? 'The statement was cancelled' : 'The statement failed'
  throw new CommandFailure(exitCodes.statement, joinSentences([`${what}: ${message}`, detail, hint]))
}

async function readStatement({ sql, file }: ProfileOptions): Promise<string> {
  if ((sql === undefined) === (file === undefined)) {
    throw usageFailure('Give the statement once: by --sql or by --file.')
  }
  if (sql !== undefined) return sql
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file ?? '', 'utf8')
  } catch (cause) {
    throw usageFailure(describeUnreadable(file ?? '', cause))
  }
}

function readMode(text: string): RunMode {
  if (text === 'analyze') return 'analyse'
  if (text === 'run' || text === 'explain' || text === 'analyse' || text === 'generic') return text
  throw new InvalidArgumentError('A mode is analyse, run, explain or generic.')
}
