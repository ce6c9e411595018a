import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findFreePort, findServerUser } from '#main/demo/server/index.ts'
import type { TestServer } from './servers.ts'
import { makeTestFolder } from './test-folders.ts'

const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find((path) =>
  existsSync(path),
)

/** PgBouncer is a program of its own, which not every machine has. */
export const hasPooler = program !== undefined

export interface Pooler {
  readonly port: number
  stop(): Promise<void>
}

/** PgBouncer before a test server, with transaction pooling over few connections. */
export async function startPooler(server: TestServer): Promise<Pooler> {
  if (program === undefined) throw new Error('PgBouncer is not installed')
  const folder = await makeTestFolder('pooler')
  await chmod(folder, 0o711)
  const port = await findFreePort()
  const file = join(folder, 'pgbouncer.ini')
  await writeFile(
    file,
    `[databases]
${server.database} = host=${server.host} port=${server.port} user=${server.user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
`,
  )
  const user = findServerUser()
  const child = spawn(program, [file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
  })
  const ended = once(child, 'exit')
  const lines = createInterface(child.stderr)
  const said: string[] = []
  for await (const line of lines) {
    said.push(line)
    if (line.includes('process up')) break
  }
  if (child.exitCode !== null) throw new Error(`PgBouncer ended:\n${said.join('\n')}`)
  child.stderr.resume()
  return {
    port,
    async stop() {
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
