import { Command } from 'commander'
import { readCount, readLinePrefix } from '../values.ts'

interface LogOptions {
  readonly json?: boolean
  readonly top?: number
  readonly prefix?: string
}

/** `barograph log`: what a server's log says in sum. */
export function logCommand(): Command {
  return new Command('log')
    .description('Reads server logs (stderr, syslog, csvlog, jsonlog) and ranks their statements by time.')
    .argument('<file...>', 'log files; - reads standard input')
    .option('--json', 'print JSON, one line a file')
    .option('--top <n>', 'so many statements: 20 unless told, with --json all', readCount)
    .option(
      '--prefix <format>',
      'the server’s log_line_prefix, for stderr and syslog: told from the lines unless given',
      readLinePrefix,
    )
    .action(async (files: readonly string[], options: LogOptions) => {
      const { tellLogs } = await import('../log/tell-logs.ts')
      process.exitCode = await tellLogs(files, options)
    })
}
