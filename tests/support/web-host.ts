import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { outFolder } from '../../scripts/lib/folders.mjs'
import { type ContractClient, openContractClient } from './contract-client.ts'
import { withoutPgVariables } from './environment.ts'
import { makeTestFolder } from './test-folders.ts'

export interface WebHostOptions {
  /** Kept by the caller; a fresh one if absent. */
  readonly dataFolder?: string
  /** Start the demo server at once, as users get it. */
  readonly demo?: boolean
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Writes that a limit on the size of files forbids fail, as on a full disk, instead of ending the process. */
  readonly survivesFileLimit?: boolean
}

/** A running, built web host. */
export interface WebHost {
  /** With the token: what a user opens. */
  readonly url: string
  readonly origin: string
  readonly port: number
  readonly dataFolder: string
  readonly pid: number
  /** The contract over a socket of its own, to set a scene or to ask behind the window's back. */
  readonly client: ContractClient
  /** The cookie and origin that a signed-in browser sends. */
  readonly headers: Readonly<Record<string, string>>
  /** Everything it wrote to its standard output and error so far. */
  output(): string
  /** Asks it to end; answers its exit code once it is gone. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts the built web host on a free port. It ends with `stop`, and at the latest with this process. */
export async function startWebHost(options: WebHostOptions = {}): Promise<WebHost> {
  const dataFolder = options.dataFolder ?? (await makeTestFolder('web'))
  const command = [
    process.execPath,
    // As npm starts it (package.json).
    '--max-semi-space-size=4',
    join(outFolder, 'main', 'web.js'),
    '--data',
    dataFolder,
    ...(options.demo === true ? [] : ['--no-demo']),
    ...(options.args ?? []),
  ]
  const limitable = ['sh', '-c', `trap '' XFSZ; exec "$@"`, 'sh', ...command]
  const [file = '', ...args] = options.survivesFileLimit === true ? limitable : command
  const child = spawn(file, args, {
    env: { ...withoutPgVariables(), ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const url = await firstLine(child, () => output)
  const { origin, port } = new URL(url)
  const headers = { origin, cookie: await signIn(url) }
  const { client, close } = await openContractClient(origin, headers)

  return {
    url,
    origin,
    port: Number(port),
    dataFolder,
    pid: child.pid ?? 0,
    client,
    headers,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      close()
      if (child.exitCode === null && child.signalCode === null) {
        const exited = once(child, 'exit')
        child.kill(signal)
        await exited
      }
      return child.exitCode
    },
  }
}

/** The address, which is all that it prints. */
async function firstLine(child: ChildProcess, output: () => string): Promise<string> {
  if (child.stdout === null) throw new Error('the web host has no output')
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the web host ended with ${String(code)} before it was ready:\n${output()}`)
  })
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string]
  return line
}

/** Exchanges the token for the cookie, as a browser does. */
export async function signIn(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (response.status !== 303 || cookie === undefined) {
    throw new Error(`no cookie for the token: ${response.status} ${await response.text()}`)
  }
  return cookie
}
