import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries, ServerUser } from '#main/demo/server/index.ts'

/** Writes `pg_hba.conf`: one method for everybody, or the given lines. */
export async function writeAccessRules(dataFolder: string, auth: string | readonly string[]): Promise<void> {
  const lines =
    typeof auth === 'string' ? [`local all all ${auth}`, `host all all 127.0.0.1/32 ${auth}`] : auth
  await writeFile(join(dataFolder, 'pg_hba.conf'), `${lines.join('\n')}\n`)
}

export interface PasswordOptions {
  readonly binaries: Binaries
  readonly dataFolder: string
  readonly systemUser: ServerUser | undefined
  readonly user: string
  readonly password: string
  readonly encryption: 'md5' | 'scram-sha-256'
}

/** Sets a role's password in single-user mode, before the server takes connections. */
export async function setPassword(options: PasswordOptions): Promise<void> {
  const { systemUser } = options
  const child = spawn(
    join(options.binaries.folder, 'bin', 'postgres'),
    [
      '--single',
      '-c',
      'fsync=off',
      '-c',
      `password_encryption=${options.encryption}`,
      '-D',
      options.dataFolder,
      'postgres',
    ],
    {
      cwd: '/',
      env: { LC_ALL: 'C' },
      stdio: ['pipe', 'ignore', 'pipe'],
      ...(systemUser === undefined ? {} : { uid: systemUser.uid, gid: systemUser.gid }),
    },
  )
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stdin.end(`alter role ${options.user} password '${options.password.replaceAll("'", "''")}'\n`)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0 || /ERROR:|FATAL:/.test(said)) throw new Error(`the password could not be set: ${said}`)
}
