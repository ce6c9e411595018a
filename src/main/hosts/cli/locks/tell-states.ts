import { buildWaitForGraph, followWaits, type LockState } from '#shared/locks/index.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failureLine } from '../failure.ts'
import { readLines } from '../files/lines.ts'
import { failToRead, openSource, UnreadableFile } from '../files/source.ts'
import { tellUnread } from '../files/tell-unread.ts'
import { print } from '../output.ts'
import { describeTerminal } from '../terminal.ts'
import { buildEdgeReports } from './edge-json.ts'
import { formatLocks } from './locks-text.ts'
import { NotAState, readState } from './read-state.ts'

/**
 * Prints who waits for whom in each state of a file, one a line, as they come.
 *
 * @returns what the command ends with: a line that is no state does not keep the others from being told
 */
export async function tellStates(file: string, options: { readonly json?: boolean }): Promise<ExitCode> {
  const tell = options.json === true ? tellJson : tellText()
  let exitCode: ExitCode = exitCodes.ok
  let count = 0
  try {
    const { chunks } = await openSource(file)
    let before: LockState | undefined
    for await (const { line, text } of readLines(chunks)) {
      count += 1
      const state = tryReadState(text)
      if (state instanceof NotAState) exitCode = exitCodes.unread
      else before = followWaits(before, state)
      await tell(line, state instanceof NotAState ? state : (before ?? state))
    }
    if (count === 0) throw new UnreadableFile({ code: 'empty', message: 'The file is empty.' })
  } catch (cause) {
    exitCode = exitCodes.unread
    await tellUnreadable(file, cause, options)
  }
  return exitCode
}

function tryReadState(text: string): LockState | NotAState {
  try {
    return readState(text)
  } catch (cause) {
    if (cause instanceof NotAState) return cause
    throw cause
  }
}

async function tellJson(line: number, state: LockState | NotAState): Promise<void> {
  const report =
    state instanceof NotAState
      ? { line, error: { code: 'notAState', message: `${state.message}.` } }
      : buildEdgeReports(buildWaitForGraph(state), state.activity)
  await print(`${JSON.stringify(report)}\n`)
}

function tellText(): typeof tellJson {
  const terminal = describeTerminal(process.stdout, process.env)
  return async (line, state) => {
    if (state instanceof NotAState) {
      process.stderr.write(failureLine({ message: `line ${line}: no state of locks: ${state.message}.` }))
      return
    }
    const at = state.atMs === undefined ? '' : ` · ${new Date(state.atMs).toISOString().replace('T', ' ')}`
    await print(`Line ${line}${at}\n${formatLocks(state, buildWaitForGraph(state), terminal)}`)
  }
}

async function tellUnreadable(
  file: string,
  cause: unknown,
  { json }: { readonly json?: boolean },
): Promise<void> {
  try {
    failToRead(file, cause)
  } catch (failure) {
    if (!(failure instanceof UnreadableFile)) throw failure
    if (json === true) await print(`${JSON.stringify({ file, error: failure.error })}\n`)
    else tellUnread(file, failure.error)
  }
}
