import { randomBytes } from 'node:crypto'
import { rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TargetSettings } from '#shared/session/index.ts'
import type { DemoFolder } from './demo-folder.ts'
import {
  type Binaries,
  type EmbeddedServer,
  findFreePort,
  makeSocketFolder,
  type ServerUser,
  setRolePasswords,
  startEmbeddedServer,
} from './server/index.ts'

export const demoSuperuser = 'postgres'
export const demoDatabase = 'shop'
/** Its other roles, in `resources/demo/data/roles.sql`. */
const demoRoles = ['shop_app', 'shop_batch', 'shop_analyst']

/** The demo's running server and how to reach it. */
export interface DemoHost {
  readonly transport: 'socket' | 'tcp'
  readonly server: EmbeddedServer
  readonly settings: TargetSettings
  /** Empty over the socket: who may enter its folder may log in. */
  readonly secret: { readonly password?: string }
  stop(): Promise<void>
}

export interface DemoHostOptions {
  readonly folder: DemoFolder
  readonly binaries: Binaries
  readonly user: ServerUser | undefined
  readonly transport: DemoHost['transport']
  readonly settings: Readonly<Record<string, string>>
}

/** Any port serves for a socket in a folder of its own. */
const socketPort = 5432

/** Starts the server on a finished data folder, with access rules for how we reach it. */
export async function startDemoHost(options: DemoHostOptions): Promise<DemoHost> {
  return options.transport === 'socket' ? startOverSocket(options) : startOverTcp(options)
}

async function startOverSocket(options: DemoHostOptions): Promise<DemoHost> {
  const { folder, user } = options
  await writeAccessRules(folder, ['local all all trust'])
  const socketFolder = await makeSocketFolder(folder.socket, user)
  const server = await startEmbeddedServer({
    ...options,
    dataFolder: folder.data,
    port: socketPort,
    tcp: false,
    socketFolder,
  })
  return {
    transport: 'socket',
    server,
    settings: socketSettings(socketFolder, socketPort),
    secret: {},
    stop: async () => {
      await server.stop()
      // It may stand in the temporary folder; if it is not empty, it is not ours alone.
      await rmdir(socketFolder).catch(() => undefined)
    },
  }
}

export function socketSettings(socketFolder: string, port: number): TargetSettings {
  return { host: socketFolder, port, user: demoSuperuser, database: demoDatabase, sslMode: 'disable' }
}

/** Where Node knows no unix sockets (Windows): loopback, and a password that lives as long as this server. */
async function startOverTcp(options: DemoHostOptions): Promise<DemoHost> {
  const { folder, binaries, user } = options
  await writeAccessRules(folder, ['host all all 127.0.0.1/32 scram-sha-256'])
  const password = randomBytes(18).toString('base64url')
  await setRolePasswords({
    binaries,
    dataFolder: folder.data,
    user,
    roles: [demoSuperuser, ...demoRoles],
    password,
  })
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort()
    try {
      const server = await startEmbeddedServer({
        ...options,
        dataFolder: folder.data,
        port,
        tcp: true,
        socketFolder: undefined,
      })
      const settings: TargetSettings = {
        host: '127.0.0.1',
        port,
        user: demoSuperuser,
        database: demoDatabase,
        sslMode: 'disable',
      }
      return { transport: 'tcp', server, settings, secret: { password }, stop: () => server.stop() }
    } catch (error) {
      if (attempt === 5 || !/TCP\/IP|could not bind/.test(String(error))) throw error
    }
  }
}

async function writeAccessRules(folder: DemoFolder, lines: readonly string[]): Promise<void> {
  await writeFile(join(folder.data, 'pg_hba.conf'), `# Written anew at each start.\n${lines.join('\n')}\n`)
}
