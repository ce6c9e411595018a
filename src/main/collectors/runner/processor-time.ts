import { parseScheduledTime } from '#shared/host/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { readSmallFile, sightServer } from '../host/index.ts'

/** Reads what processor time a process has used since it began; `undefined` once it is gone. */
export type ReadProcessorTime = () => Milliseconds | undefined

/**
 * The processor time of a server's process, if it runs on this machine and the kernel counts it.
 *
 * @param startedAtMs of the process, as the server says
 */
export async function findProcessorTime(
  pid: number,
  startedAtMs: EpochMs,
  root = '/proc',
): Promise<ReadProcessorTime | undefined> {
  const file = `${root}/${pid}/schedstat`
  const read = (): Milliseconds | undefined => parseScheduledTime(readSmallFile(file) ?? '')?.onCpuMs
  if (read() === undefined) return undefined
  return (await sightServer(pid, startedAtMs, root)) === undefined ? undefined : read
}
