import {
  createLogReader,
  createLogSummary,
  type LogFormat,
  type LogReader,
  type LogSummary,
} from '#shared/logs/index.ts'
import { failToRead, type Source, UnreadableFile } from '../files/source.ts'

/** A log that was read to its end. */
export interface ReadLog {
  readonly format: LogFormat
  readonly reader: LogReader
  readonly summary: LogSummary
}

/**
 * Reads a log to its end, in pieces.
 *
 * @param linePrefix `log_line_prefix`, where it is known
 * @param progress bytes read so far
 * @throws UnreadableFile
 */
export async function readLog(
  source: Source,
  linePrefix: string | undefined,
  progress: (bytes: number) => void,
): Promise<ReadLog> {
  const reader = createLogReader({ linePrefix })
  const summary = createLogSummary()
  try {
    for await (const chunk of source.chunks) {
      for (const entry of reader.push(chunk)) summary.add(entry)
      progress(reader.bytes())
    }
    for (const entry of reader.end()) summary.add(entry)
  } catch (cause) {
    failToRead(source.file, cause)
  }
  const format = reader.format()
  if (format === undefined || reader.entries() === 0) {
    throw new UnreadableFile({
      code: reader.bytes() === 0 ? 'empty' : 'notALog',
      message: reader.bytes() === 0 ? 'The file is empty.' : describeForeign(linePrefix),
    })
  }
  return { format, reader, summary }
}

const describeForeign = (linePrefix: string | undefined): string =>
  linePrefix === undefined
    ? 'No line looks like a PostgreSQL server’s log: stderr, syslog, csvlog and jsonlog are known.'
    : `No line begins as the prefix “${linePrefix}” says: without --prefix it is told from the lines.`
