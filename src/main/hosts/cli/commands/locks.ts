import { Command } from 'commander'
import { usageFailure } from '../failure.ts'

interface LocksOptions {
  readonly fromStates?: string
  readonly json?: boolean
}

/** `barograph locks`: who waits for whom, out of rows of `pg_locks` and `pg_stat_activity`. */
export function locksCommand(): Command {
  return new Command('locks')
    .description('Tells who waits for whose locks, from rows of pg_locks and pg_stat_activity.')
    .helpOption('--help', 'show this help')
    .option('--from-states <file>', 'a file of states, one JSON object a line; - reads standard input')
    .option('--json', 'print JSON, one line a state')
    .action(async ({ fromStates, ...options }: LocksOptions) => {
      if (fromStates === undefined) throw usageFailure('Name a file of states: --from-states states.jsonl.')
      const { tellStates } = await import('../locks/tell-states.ts')
      process.exitCode = await tellStates(fromStates, options)
    })
}
