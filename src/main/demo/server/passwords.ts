import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { WorkbenchError } from '#shared/session/index.ts'
import type { Binaries } from './binaries.ts'
import { serverEnvironment } from './environment.ts'
import type { ServerUser } from './server-user.ts'

export interface PasswordOptions {
  readonly binaries: Binaries
  /** Its server must not run. */
  readonly dataFolder: string
  readonly user: ServerUser | undefined
  /** Those that do not exist are passed over. */
  readonly roles: readonly string[]
  readonly password: string
  readonly encryption?: 'md5' | 'scram-sha-256'
}

/** Sets passwords in single-user mode, before anybody can connect. They travel over a pipe, never on a command line. */
export async function setRolePasswords(options: PasswordOptions): Promise<void> {
  const { binaries, user } = options
  const program = join(binaries.folder, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres')
  const child = spawn(
    program,
    [
      '--single',
      '-c',
      `password_encryption=${options.encryption ?? 'scram-sha-256'}`,
      '-D',
      options.dataFolder,
      'postgres',
    ],
    {
      ...(process.platform === 'win32' ? {} : { cwd: '/' }),
      env: serverEnvironment(),
      stdio: ['pipe', 'ignore', 'pipe'],
      windowsHide: true,
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
    },
  )
  let failed = false
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (text: string) => {
    // Its own words may repeat the statement, so they are not passed on.
    failed ||= /FATAL:|PANIC:/.test(text) || /ERROR: {2}(?!role ".*" does not exist)/.test(text)
  })
  child.stdin.on('error', () => undefined)
  const literal = `'${options.password.replaceAll("'", "''")}'`
  // Single-user mode takes one statement a line.
  child.stdin.end(options.roles.map((role) => `alter role "${role}" password ${literal}\n`).join(''))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0 || failed) {
    throw new WorkbenchError('DEMO_FAILED', 'The embedded PostgreSQL could not be given a password.', {
      advice: 'Look whether the disk is full and the folder may be written, then start again.',
    })
  }
}
