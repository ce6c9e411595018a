import { formatBytes, formatPercent } from '#shared/units/index.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { openSource, UnreadableFile } from '../files/source.ts'
import { tellUnread } from '../files/tell-unread.ts'
import { createProgressLine, print } from '../output.ts'
import { describeTerminal } from '../terminal.ts'
import { buildLogReport, type LogReport } from './log-json.ts'
import { formatLog } from './log-text.ts'
import { readLog } from './read-log.ts'

const usualTop = 20

/**
 * Prints what each log says, in the order of the files. One that can't be read does not keep the others from being.
 *
 * @returns what the command ends with
 */
export async function tellLogs(
  files: readonly string[],
  options: { readonly json?: boolean; readonly top?: number; readonly prefix?: string },
): Promise<ExitCode> {
  const terminal = describeTerminal(process.stdout, process.env)
  const progress = createProgressLine()
  let exitCode: ExitCode = exitCodes.ok
  for (const [at, file] of files.entries()) {
    try {
      const source = await openSource(file)
      const log = await readLog(source, options.prefix, (bytes) => {
        const share =
          source.bytes === undefined ? '' : ` (${formatPercent(bytes / Math.max(1, source.bytes))})`
        progress.show(`${file}: ${formatBytes(bytes)}${share}`)
      })
      progress.clear()
      if (options.json === true) await print(`${JSON.stringify(buildLogReport(file, log, options.top))}\n`)
      else await print((at > 0 ? '\n' : '') + formatLog(file, log, options.top ?? usualTop, terminal))
    } catch (cause) {
      progress.clear()
      if (!(cause instanceof UnreadableFile)) throw cause
      exitCode = exitCodes.unread
      if (options.json === true) {
        const report: LogReport = { file, error: cause.error, groups: [], events: {}, warnings: [] }
        await print(`${JSON.stringify(report)}\n`)
      } else tellUnread(file, cause.error)
    }
  }
  return exitCode
}
