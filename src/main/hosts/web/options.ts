import { Command, InvalidArgumentError } from 'commander'
import { version } from '#main/hosts/common/index.ts'

export interface WebOptions {
  readonly port: number
  readonly data?: string
  /** `--no-demo`: connect to nothing and start no server. */
  readonly demo: boolean
  readonly open: boolean
  /** A `.barograph` file to open. */
  readonly file?: string
}

/** Reads the web host's command line; commander prints help and usage errors itself. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): WebOptions {
  const command = new Command('barograph-web')
    .description('Serves the workbench to browsers on this machine.')
    .version(version)
    .argument('[file]', 'a session file (.barograph) to open', parseFile)
    .option('--port <number>', 'port on 127.0.0.1; any free one by default', parsePort, 0)
    .option(
      '--data <folder>',
      "folder for sessions, settings and the demo server; BAROGRAPH_DATA or the system's place",
    )
    .option('--no-demo', 'connect to nothing at the start: neither the demo server nor the last target')
    .option('--open', "open the workbench in the system's browser", false)
    .parse(args, { from: 'user' })
  const file = command.args[0]
  const { demo, ...rest } = command.opts<Omit<WebOptions, 'file'>>()
  return {
    ...rest,
    demo: demo && !environment['BAROGRAPH_NO_DEMO'],
    ...(file === undefined ? {} : { file }),
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new InvalidArgumentError('A port is a number from 0 to 65535.')
}

function parseFile(text: string): string {
  if (text.endsWith('.barograph')) return text
  throw new InvalidArgumentError('A session file ends in .barograph.')
}
