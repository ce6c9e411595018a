import { Command } from 'commander'
import { usageFailure } from '../failure.ts'

interface LocksOptions {
  readonly fromStates?: string
  readonly at?: string
  readonly json?: boolean
}

/** `barograph locks`: who waits for whom, as it was recorded, or out of rows of `pg_locks` and `pg_stat_activity`. */
export function locksCommand(): Command {
  return new Command('locks')
    .description(
      'Tells who waits for whose locks, as recorded or from rows of pg_locks and pg_stat_activity.',
    )
    .argument('[file]', 'a session file (.barograph)')
    .option('--at <time>', 'when: a timestamp, seconds or milliseconds since 1970, or +12.5s since the start')
    .option(
      '--from-states <file>',
      'instead: a file of states, one JSON object a line; - reads standard input',
    )
    .option('--json', 'print JSON; with --from-states one line a state')
    .action(async (file: string | undefined, { fromStates, at, ...options }: LocksOptions) => {
      if (file !== undefined && fromStates === undefined) {
        const { tellRecorded } = await import('../locks/tell-recorded.ts')
        await tellRecorded(file, at, options)
        return
      }
      if (fromStates === undefined || file !== undefined || at !== undefined)
        throw usageFailure('Name a session file, or a file of states: --from-states states.jsonl.')
      const { tellStates } = await import('../locks/tell-states.ts')
      process.exitCode = await tellStates(fromStates, options)
    })
}
