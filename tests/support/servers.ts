import { chmod, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type EmbeddedServer,
  findFreePort,
  findServerUser,
  makeSocketFolder,
  setRolePasswords,
  startEmbeddedServer,
} from '#main/demo/server/index.ts'
import { writeAccessRules } from './server-access.ts'
import { type ServerCertificates, writeServerCertificate } from './server-certificates.ts'
import { copyTemplate, usableBinaries } from './server-templates.ts'
import { copyPrimary } from './standby.ts'
import { makeTestFolder } from './test-folders.ts'

export const testMajors = [13, 14, 15, 16, 17, 18] as const
export type TestMajor = (typeof testMajors)[number]

export interface TestServerOptions {
  readonly major?: TestMajor
  /** Server settings, as with `-c`. */
  readonly settings?: Readonly<Record<string, string>>
  /** How everybody logs in, or whole lines of `pg_hba.conf`. A method that needs a password sets one. */
  readonly auth?: 'trust' | 'scram-sha-256' | 'md5' | readonly string[]
  /** Offer TLS with a certificate of an own authority for `hosts` (localhost and 127.0.0.1 unless told). */
  readonly tls?: boolean | { readonly hosts: readonly string[] }
  /** Follow this server, of the same version and with `trust`, as its standby. */
  readonly standbyOf?: TestServer
}

export interface TestServer {
  readonly major: TestMajor
  readonly host: string
  readonly port: number
  /** For connections over the socket: give it as `host`. */
  readonly socketFolder: string
  readonly user: string
  /** Absent where `auth` is `trust`. */
  readonly password: string | undefined
  readonly database: string
  /** Over TCP, with the password. */
  readonly url: string
  /** PEM files, where TLS is on. */
  readonly certificates: ServerCertificates | undefined
  /** The postmaster's. */
  readonly pid: number
  readonly dataFolder: string
  readonly lastLines: () => readonly string[]
  /** Starts the same data again on the same port after `stop({ keep: true })` or `kill`. */
  start(): Promise<void>
  /** Ends the server at once and removes its folder, unless it is to be kept. */
  stop(options?: { readonly keep?: boolean; readonly mode?: 'fast' | 'immediate' }): Promise<void>
  /** `kill -9` on the postmaster; the backends follow. */
  kill(): Promise<void>
}

const user = 'postgres'
const database = 'postgres'

/** Settings that trade every safety for speed: the data is thrown away. */
const quickSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '32MB',
  autovacuum: 'off',
  max_connections: '60',
}

/**
 * Starts a real server of the given major version in a folder of its own, on a free port of loopback and on a socket.
 * It ends with `stop`, and at the latest together with the process that started it.
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const major = options.standbyOf?.major ?? options.major ?? 18
  const auth = options.auth ?? 'trust'
  const systemUser = findServerUser()
  const binaries = await usableBinaries(major, systemUser)
  const folder = await makeTestFolder(`pg${major}`)
  await chmod(folder, 0o711)
  const dataFolder = join(folder, 'data')
  if (options.standbyOf === undefined) await copyTemplate(binaries, systemUser, dataFolder)
  else await copyPrimary(options.standbyOf, dataFolder)
  const certificates =
    options.tls === undefined || options.tls === false
      ? undefined
      : await writeServerCertificate({
          folder: join(folder, 'tls'),
          hosts: options.tls === true ? ['localhost', '127.0.0.1'] : options.tls.hosts,
          owner: systemUser,
        })
  const password = auth === 'trust' ? undefined : 'a test’s p@ss/word'
  if (password !== undefined) {
    await setRolePasswords({
      binaries,
      dataFolder,
      user: systemUser,
      roles: [user],
      password,
      encryption: auth === 'md5' ? 'md5' : 'scram-sha-256',
    })
  }
  await writeAccessRules(dataFolder, auth)
  const socketFolder = await makeSocketFolder(join(folder, 'socket'), systemUser)
  const settings: Record<string, string> = { ...quickSettings, ...options.settings }
  if (certificates !== undefined) {
    settings['ssl'] = 'on'
    settings['ssl_cert_file'] = certificates.certificateFile
    settings['ssl_key_file'] = certificates.keyFile
  }

  let server: EmbeddedServer | undefined
  const startOn = (port: number) =>
    startEmbeddedServer({ binaries, dataFolder, user: systemUser, port, tcp: true, socketFolder, settings })
  for (let attempt = 1; server === undefined; attempt += 1) {
    try {
      server = await startOn(await findFreePort())
    } catch (error) {
      // Somebody else may have taken the port meanwhile.
      if (attempt === 5 || !/TCP\/IP|socket/.test(String(error))) throw error
    }
  }
  const { port } = server
  const current = () => {
    if (server === undefined) throw new Error('the test server is stopped')
    return server
  }
  const login = password === undefined ? user : `${user}:${encodeURIComponent(password)}`
  return {
    major,
    host: '127.0.0.1',
    port,
    socketFolder,
    user,
    password,
    database,
    url: `postgresql://${login}@127.0.0.1:${port}/${database}`,
    certificates,
    get pid() {
      return current().pid
    },
    dataFolder,
    lastLines: () => current().lastLines(),
    start: async () => {
      server = await startOn(port)
    },
    stop: async ({ keep = false, mode = 'immediate' } = {}) => {
      await server?.stop(mode)
      server = undefined
      if (!keep) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
    kill: async () => {
      const killed = current()
      process.kill(killed.pid, 'SIGKILL')
      await killed.exited
      server = undefined
    },
  }
}
