import { type BackendSample, hiddenState } from '#shared/activity/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import { classifyWait } from '#shared/waits/index.ts'
import type { TextValue } from '../server-client.ts'

/** A process as the list of backends has it. */
export interface ListedBackend extends BackendSample {
  /** Absent where it waits for no lock. */
  readonly blockerPids?: readonly number[]
}

/** What stands for the text where the role may not see what a backend does; nothing else is told of it then. */
const hiddenText = '<insufficient privilege>'

/** Columns of `backends-*.sql`, by position. */
export function parseBackend(row: readonly TextValue[]): ListedBackend {
  const [pid, startedAt, backendType, database, user, application, client, leaderPid, state, ...more] = row
  const [waitType, waitEvent, transactionAt, statementAt, stateAt, xminAge, statement, queryId, blockers] =
    more
  const isHidden = statement === hiddenText
  return {
    pid: Number(pid),
    startedAtMs: Number(startedAt ?? 0),
    backendType: backendType ?? 'unknown',
    ...text({ database, user, application, client, queryId }),
    ...(isHidden ? {} : text({ statement })),
    ...figures({
      leaderPid,
      transactionStartedAtMs: transactionAt,
      statementStartedAtMs: statementAt,
      stateChangedAtMs: stateAt,
      xminAge,
    }),
    // The server's own processes have no state: they are at work unless they rest in their main loop. Of whom nothing
    // may be seen, nothing is claimed: neither work nor waiting.
    ...(isHidden
      ? { state: hiddenState, waitClass: 'Activity' as const }
      : {
          state: state ?? 'active',
          ...classifyWait(state ?? 'active', waitType ?? null, waitEvent ?? null),
        }),
    ...(blockers === null || blockers === undefined ? {} : { blockerPids: readPids(blockers) }),
  }
}

/** The server's clock when it answered: ages are counted from there. */
export function answeredAtMs(row: readonly TextValue[] | undefined): EpochMs | undefined {
  const at = row?.[18]
  return at === null || at === undefined ? undefined : Number(at)
}

function readPids(list: string): readonly number[] {
  const pids = list.split(',').filter((pid) => pid !== '')
  return [...new Set(pids.map(Number))].sort((a, b) => a - b)
}

type Found<Name extends string> = { readonly [Key in Name]?: TextValue | undefined }

function text<Name extends string>(fields: Found<Name>): { readonly [Key in Name]?: string } {
  const present = Object.entries<TextValue | undefined>(fields).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  )
  return Object.fromEntries(present) as { readonly [Key in Name]?: string }
}

function figures<Name extends string>(fields: Found<Name>): { readonly [Key in Name]?: number } {
  const present = Object.entries<TextValue | undefined>(fields).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  return Object.fromEntries(present.map(([name, value]) => [name, Number(value)])) as {
    readonly [Key in Name]?: number
  }
}
