import type { Command } from 'commander'
import { Option } from 'commander'
import type { Workbench } from '#main/router/index.ts'
import { type SslMode, sslModes, type TargetSettings } from '#shared/session/index.ts'
import { usageFailure } from './failure.ts'
import { showDemoProgress } from './progress.ts'
import { askPassword, canAsk } from './prompt.ts'
import { readPort } from './values.ts'

/** How the server is named on the command line. */
export interface TargetOptions {
  readonly demo?: boolean
  readonly url?: string
  readonly service?: string
  readonly host?: string
  readonly port?: number
  readonly dbname?: string
  readonly username?: string
  readonly sslmode?: SslMode
  readonly sslrootcert?: string
}

/** Adds the options that name a server, the same for every command that needs one. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('--demo', 'the built-in demo server (made at the first use)')
    .option('--url <url>', 'postgresql://user@host:port/database?sslmode=…, or key=value pairs')
    .option('--service <name>', 'a section of pg_service.conf')
    .option('-h, --host <host>', 'host name, address, or folder of the socket')
    .option('-p, --port <port>', 'port', readPort)
    .option('-d, --dbname <name>', 'database')
    .option('-U, --username <name>', 'role to connect as')
    .addOption(new Option('--sslmode <mode>', 'how TLS is used').choices(sslModes))
    .option('--sslrootcert <file>', "the certificate authority's PEM file")
}

/**
 * Connects the workbench to the server that the options name; without any, to what the PG* variables say.
 * A password comes from the URL, PGPASSWORD, the password file or the service; else it is asked for on a terminal.
 */
export async function connectTarget(client: Workbench['client'], options: TargetOptions): Promise<void> {
  const { demo, url } = options
  const settings = toSettings(options)
  const named = Object.keys(settings).length > 0
  if ([demo === true, url !== undefined, named].filter(Boolean).length > 1) {
    throw usageFailure('Name the server once: by --demo, by --url, or by --service, --host and the like.')
  }
  if (demo === true) {
    await showDemoProgress(client, () => client.demo.start())
    return
  }
  const target = url === undefined ? { settings } : await client.targets.parseUrl({ url })
  try {
    await client.targets.connect(target)
  } catch (error) {
    if (!isPasswordNeeded(error) || !canAsk()) throw error
    const password = await askPassword('Password: ')
    if (password === undefined) throw error
    await client.targets.connect({ ...target, password })
  }
}

function isPasswordNeeded(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'PASSWORD_NEEDED'
}

function toSettings(options: Omit<TargetOptions, 'demo' | 'url'>): TargetSettings {
  const { service, host, port, dbname, username, sslmode, sslrootcert } = options
  return {
    ...(service === undefined ? {} : { service }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(dbname === undefined ? {} : { database: dbname }),
    ...(username === undefined ? {} : { user: username }),
    ...(sslmode === undefined ? {} : { sslMode: sslmode }),
    ...(sslrootcert === undefined ? {} : { sslRootCert: sslrootcert }),
  }
}
