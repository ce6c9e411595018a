import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '#shared/session/index.ts'
import type { Binaries } from './binaries.ts'
import { serverEnvironment } from './environment.ts'
import { chooseGuard, type Guard, spawnGuarded } from './guard.ts'
import { keepTail, type OutputTail } from './output-tail.ts'
import { findRunningServer, isAlive, readPostmasterFile } from './postmaster-file.ts'
import { execFileText, waitFor } from './processes.ts'
import type { ServerUser } from './server-user.ts'

export interface StartOptions {
  /** Already usable by `user`: see `makeUsable`. */
  readonly binaries: Binaries
  readonly dataFolder: string
  readonly user: ServerUser | undefined
  /** Names the socket too. */
  readonly port: number
  /** Listen on 127.0.0.1; otherwise there is no TCP at all. */
  readonly tcp: boolean
  readonly socketFolder: string | undefined
  /** Further server settings, as on the command line with `-c`. */
  readonly settings?: Readonly<Record<string, string>>
  readonly guard?: Guard
  readonly startWithinMs?: number
}

export interface EmbeddedServer {
  /** The postmaster's. */
  readonly pid: number
  readonly port: number
  readonly socketFolder: string | undefined
  readonly dataFolder: string
  /** Settled when the server has ended, whoever ended it; the last thing it said. */
  readonly exited: Promise<string | undefined>
  readonly hasExited: () => boolean
  /** `fast` breaks off what runs and writes a checkpoint, `immediate` leaves recovery to the next start. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
  /** The server's last lines on its standard error. */
  readonly lastLines: () => readonly string[]
}

const sharedMemoryInUse = /pre-existing shared memory block|lock file "postmaster.pid" already exists/

/** Starts a server on a data folder and waits until it takes connections. It can't outlive this process. */
export async function startEmbeddedServer(options: StartOptions): Promise<EmbeddedServer> {
  const running = await findRunningServer(options.dataFolder)
  if (running !== undefined) {
    throw new WorkbenchError('DEMO_FAILED', `A server already runs on ${options.dataFolder}.`, {
      data: { pid: running.pid },
    })
  }
  // The number in a file that a crash left behind may since belong to a process of ours, which the server would respect.
  await rm(join(options.dataFolder, 'postmaster.pid'), { force: true })

  const endsAtMs = performance.now() + 5_000
  for (;;) {
    try {
      return await startOnce(options)
    } catch (error) {
      // The backends of a server that was killed need a moment to notice.
      const again = sharedMemoryInUse.test((error as Error).message) && performance.now() < endsAtMs
      if (!again) throw error
    }
  }
}

async function startOnce(options: StartOptions): Promise<EmbeddedServer> {
  const { binaries, dataFolder } = options
  const program = (name: string) =>
    join(binaries.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  const settings: Record<string, string> = {
    listen_addresses: options.tcp ? '127.0.0.1' : '',
    unix_socket_directories: options.socketFolder === undefined ? '' : quoteFolder(options.socketFolder),
    ...options.settings,
  }
  const startedAtMs = Date.now()
  const guard = options.guard ?? chooseGuard()
  const child = spawnGuarded({
    guard,
    command: program('postgres'),
    args: [
      '-D',
      dataFolder,
      '-p',
      String(options.port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    user: options.user,
    env: serverEnvironment(),
    lastSignal: 'INT',
    stopCommand: [program('pg_ctl'), 'stop', '-D', dataFolder, '-m', 'fast'],
  })
  const tail = keepTail(child.stderr)
  let exit: { readonly said: string | undefined } | undefined
  const exited = new Promise<string | undefined>((resolve) => {
    const end = (said: string | undefined) => {
      exit = { said }
      resolve(said)
    }
    child.on('error', (error) => end(error.message))
    child.on('close', () => end(tail.lastLine()))
  })

  const facts = await waitFor(
    async () => {
      if (exit !== undefined) throw await startFailure(options, tail, startedAtMs)
      const found = await readPostmasterFile(dataFolder)
      return found?.isReady === true ? found : undefined
    },
    { withinMs: options.startWithinMs ?? 60_000, everyMs: 10 },
  )
  if (facts === undefined) {
    child.kill('SIGKILL')
    // Behind a guard the server is not our child itself.
    const late = await readPostmasterFile(dataFolder)
    if (late !== undefined) signal(late.pid, 'SIGKILL')
    throw new WorkbenchError('DEMO_FAILED', 'The embedded PostgreSQL did not get ready in time.', {
      advice: tail.lastLine() ?? 'Try again; the machine may be very busy.',
    })
  }
  return {
    pid: facts.pid,
    port: options.port,
    socketFolder: options.socketFolder,
    dataFolder,
    exited,
    hasExited: () => exit !== undefined,
    lastLines: tail.lines,
    stop: (mode = 'fast') =>
      stopChild({ child, pid: facts.pid, exited, mode, pgCtl: program('pg_ctl'), dataFolder }),
  }
}

/** The setting is a list: a comma in a folder's name would part it. */
function quoteFolder(folder: string): string {
  return `"${folder.replaceAll('"', '""')}"`
}

interface StopChild {
  readonly child: ChildProcess
  readonly pid: number
  readonly exited: Promise<unknown>
  readonly mode: 'fast' | 'immediate'
  readonly pgCtl: string
  readonly dataFolder: string
}

async function stopChild({ child, pid, exited, mode, pgCtl, dataFolder }: StopChild): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  if (process.platform === 'win32') {
    await execFileText(pgCtl, ['stop', '-D', dataFolder, '-m', mode])
  } else {
    signal(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  }
  // A checkpoint on a slow disk takes its time; recovery mends what is cut off after that.
  const timer = setTimeout(() => signal(pid, 'SIGKILL'), 30_000)
  await exited
  clearTimeout(timer)
}

/** Ends a server whose owner is gone. */
export async function stopOrphan(pid: number): Promise<void> {
  signal(pid, 'SIGINT')
  const gone = await waitUntilGone(pid, 15_000)
  if (!gone) signal(pid, 'SIGKILL')
  await waitUntilGone(pid, 5_000)
}

export async function waitUntilGone(pid: number, withinMs: number): Promise<boolean> {
  return (await waitFor(async () => (isAlive(pid) ? undefined : true), { withinMs, everyMs: 20 })) === true
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function startFailure(
  options: StartOptions,
  tail: OutputTail,
  sinceMs: number,
): Promise<WorkbenchError> {
  const reason = tail.lastLine() ?? ''
  const logged =
    /ending log output to stderr|redirecting log output/.test(tail.lines().join('\n')) || reason === ''
  const said = logged ? ((await lastLoggedError(options.dataFolder, sinceMs)) ?? reason) : reason
  return new WorkbenchError(
    'DEMO_FAILED',
    `The embedded PostgreSQL did not start: ${said || 'it gave no reason'}`,
    {
      advice: /administrative permissions/.test(tail.lines().join('\n'))
        ? 'PostgreSQL refuses to run with administrator rights: start Barograph as an ordinary user.'
        : 'Look whether the disk is full and the folder may be written, then start again.',
    },
  )
}

/** With the logging collector on, the reason stands in the log. */
async function lastLoggedError(dataFolder: string, sinceMs: number): Promise<string | undefined> {
  const folder = join(dataFolder, 'log')
  if (!existsSync(folder)) return undefined
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if ((await stat(path)).mtimeMs < sinceMs - 1_000) continue
    const lines = (await readFile(path, 'utf8')).slice(-8_000).split('\n')
    const found = lines.findLast((line) => /\b(FATAL|PANIC):/.test(line))
    if (found !== undefined) return found
  }
  return undefined
}
