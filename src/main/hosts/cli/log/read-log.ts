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
 * @param progress bytes read so far
 * @throws UnreadableFile
 */
export async function readLog(source: Source, progress: (bytes: number) => void): Promise<ReadLog> {
  const reader = createLogReader()
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
      message:
        reader.bytes() === 0
          ? 'The file is empty.'
          : 'No line looks like a PostgreSQL server’s log: stderr, syslog, csvlog and jsonlog are known.',
    })
  }
  return { format, reader, summary }
}
