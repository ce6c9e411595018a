import { formatBytes } from '#shared/units/index.ts'
import type { RunWaits } from '#shared/waits/index.ts'

/** Locks waited for, temporary files, the backend's counters, and what could not be seen. */
export function listRemarks(waits: RunWaits): readonly string[] {
  return [
    ...waits.lockWaits.slice(0, 3).map((wait) => {
      const relation = wait.relation === undefined ? '' : ` on ${wait.relation}`
      return `waited for ${wait.mode}${relation} (${wait.lockType}), held by pid ${wait.blockerPids.join(', ')}`
    }),
    ...(waits.peakTempBytes === undefined || waits.peakTempBytes === 0
      ? []
      : [`temporary files up to ${formatBytes(waits.peakTempBytes)}`]),
    ...ioRemark(waits),
    ...waits.notes,
  ]
}

function ioRemark(waits: RunWaits): readonly string[] {
  const { counters } = waits
  if (counters === undefined) return []
  const readBytes = counters.io.reduce((sum, line) => sum + line.readBytes, 0)
  const writtenBytes = counters.io.reduce((sum, line) => sum + line.writeBytes + line.extendBytes, 0)
  return [
    ...(readBytes === 0 ? [] : [`read ${formatBytes(readBytes)}`]),
    ...(writtenBytes === 0 ? [] : [`wrote ${formatBytes(writtenBytes)}`]),
    ...(counters.wal === undefined || counters.wal.bytes === 0
      ? []
      : [`WAL ${formatBytes(counters.wal.bytes)}`]),
  ]
}
