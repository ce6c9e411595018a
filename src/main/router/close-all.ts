import type { Log } from './log.ts'

type Close = () => Promise<void>

/**
 * Closes parts, those of a stage together, stage by stage; what one of them throws keeps no other open.
 *
 * @throws the first error, once everything has been tried; further ones are in the log
 */
export async function closeAll(stages: readonly (readonly Close[])[], log: Log): Promise<void> {
  const problems: unknown[] = []
  for (const stage of stages) {
    // Called inside of a promise, so that it may also throw at once.
    const closing = await Promise.allSettled(stage.map(async (close) => await close()))
    for (const outcome of closing) if (outcome.status === 'rejected') problems.push(outcome.reason)
  }
  const [first, ...others] = problems
  for (const problem of others) log.error('closing a part of the workbench failed as well', problem)
  if (problems.length > 0) throw first
}
