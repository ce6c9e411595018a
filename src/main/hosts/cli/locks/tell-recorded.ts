import type { EpochMs } from '#shared/units/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { CommandFailure } from '../failure.ts'
import { type SessionFile, withSessionFile } from '../files/session-file.ts'
import { print } from '../output.ts'
import { describeTerminal } from '../terminal.ts'
import { buildEdgeReports } from './edge-json.ts'
import { formatLocks } from './locks-text.ts'
import { readTime } from './read-time.ts'

/** The year 9999: later than anything that was recorded. */
const endOfTimeMs = 253_402_300_799_999

/** Prints who waited for whom at a moment of a session file; without one, when somebody waited last. */
export async function tellRecorded(
  file: string,
  at: string | undefined,
  options: { readonly json?: boolean },
): Promise<void> {
  await withSessionFile(file, async ({ client, sessionId }) => {
    const atMs = await findMoment({ client, sessionId }, { file, at })
    const found = atMs === undefined ? undefined : await client.locks.at({ sessionId, atMs })
    if (found === undefined && atMs !== undefined)
      throw new CommandFailure(
        exitCodes.session,
        `Nothing was recorded at ${new Date(atMs).toISOString()}: barograph info ${file} says from when to when.`,
      )
    if (options.json === true) {
      const edges = found === undefined ? [] : buildEdgeReports(found.graph, found.backends)
      await print(`${JSON.stringify(edges)}\n`)
      return
    }
    if (found === undefined) {
      await print('Nobody waited for a lock while this was recorded.\n')
      return
    }
    const state = { atMs: found.atMs, locks: [], activity: found.backends }
    const terminal = describeTerminal(process.stdout, process.env)
    const when = new Date(found.atMs).toISOString().replace('T', ' ')
    await print(`${when}\n${formatLocks(state, found.graph, terminal)}`)
  })
}

async function findMoment(
  { client, sessionId }: SessionFile,
  { file, at }: { readonly file: string; readonly at: string | undefined },
): Promise<EpochMs | undefined> {
  if (at === undefined)
    return (await client.locks.step({ sessionId, atMs: endOfTimeMs, to: 'earlier' }))?.atMs
  const { recordings, range } = await client.recording.overview({ sessionId })
  const startedAtMs = recordings[0]?.startedAtMs ?? range?.fromMs
  const atMs = readTime(at, startedAtMs ?? 0)
  if (startedAtMs === undefined)
    throw new CommandFailure(exitCodes.session, `Nothing was recorded in ${file}.`)
  return atMs
}
