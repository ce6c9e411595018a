import type { Bytes, Ratio } from '../units/index.ts'
import type { TableReading } from './model.ts'

/** Page header, and what a row costs beside its values: header aligned to 8 bytes, and its pointer. */
const pageHeaderBytes = 24
const rowHeaderBytes = 24
const linePointerBytes = 4
/** Below this a share means nothing: a page more or less. */
const leastPages = 16

export interface BloatEstimate {
  /** What the table has beyond what its rows need; never negative. */
  readonly bytes: Bytes
  readonly share: Ratio
}

/**
 * Space of a table's main fork that its rows would not need if they were written anew: dead rows, and gaps that earlier
 * ones left. An estimate from average widths: alignment within rows is not known, so a tenth is noise.
 *
 * @param blockBytes of a page, 8192 unless the server was built otherwise
 * @returns `undefined` where its rows were never counted or its columns never analysed, and for small tables
 * @source PostgreSQL manual, "Database Page Layout"
 */
export function estimateBloat(table: TableReading, blockBytes: Bytes = 8_192): BloatEstimate | undefined {
  const { heapBytes, averageRowBytes, estimatedRows } = table
  if (heapBytes === undefined || averageRowBytes === undefined || estimatedRows === undefined)
    return undefined
  if (heapBytes < leastPages * blockBytes) return undefined
  const rowBytes = rowHeaderBytes + linePointerBytes + Math.ceil(averageRowBytes / 8) * 8
  const usableBytes = ((blockBytes - pageHeaderBytes) * table.fillFactorPercent) / 100
  // A row that is wider than a page has its values elsewhere.
  const rowsPerPage = Math.max(1, Math.floor(usableBytes / rowBytes))
  const neededBytes = Math.ceil(Math.max(estimatedRows, table.liveRows) / rowsPerPage) * blockBytes
  const bytes = Math.max(0, heapBytes - neededBytes)
  return { bytes, share: bytes / heapBytes }
}
