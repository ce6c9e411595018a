import { chmod, chown, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '#shared/session/index.ts'
import type { Binaries } from './binaries.ts'
import { serverEnvironment } from './environment.ts'
import { chooseGuard, type Guard, spawnGuarded } from './guard.ts'
import { keepTail } from './output-tail.ts'
import type { ServerUser } from './server-user.ts'

export interface InitializeOptions {
  readonly binaries: Binaries
  /** Must not exist, or be empty. */
  readonly dataFolder: string
  readonly user: ServerUser | undefined
  /** Name of the superuser inside PostgreSQL. */
  readonly superuser: string
  readonly guard?: Guard
  /** Blocks are not written through to the disk; for data that is synced later, or thrown away. */
  readonly noSync?: boolean
}

/** Makes an empty cluster: UTF-8, byte order collation, English messages, so that it is the same on every system. */
export async function initializeDataFolder(options: InitializeOptions): Promise<void> {
  const { binaries, dataFolder, user } = options
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  await chmod(dataFolder, 0o700)
  if (user !== undefined) await chown(dataFolder, user.uid, user.gid)
  const provider = binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
  await runTool(options, 'initdb', [
    `--pgdata=${dataFolder}`,
    `--username=${options.superuser}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    ...provider,
    ...(options.noSync === true ? ['--no-sync'] : []),
  ])
}

/** Writes everything below `dataFolder` through to the disk, also while its server runs. */
export async function syncDataFolder(
  options: Omit<InitializeOptions, 'superuser' | 'noSync'>,
): Promise<void> {
  await runTool(options, 'initdb', ['--sync-only', `--pgdata=${options.dataFolder}`])
}

function runTool(
  options: Pick<InitializeOptions, 'binaries' | 'user' | 'guard'>,
  tool: string,
  args: readonly string[],
): Promise<void> {
  const child = spawnGuarded({
    guard: options.guard ?? chooseGuard(),
    command: join(options.binaries.folder, 'bin', process.platform === 'win32' ? `${tool}.exe` : tool),
    args,
    user: options.user,
    env: serverEnvironment(),
    lastSignal: 'KILL',
  })
  const tail = keepTail(child.stderr)
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown) =>
      reject(
        new WorkbenchError('DEMO_FAILED', `PostgreSQL’s ${tool} failed: ${reason}`, {
          advice: 'Look whether the disk is full, or whether the folder may be written.',
          cause,
        }),
      )
    child.on('error', (error) => fail(error.message, error))
    child.on('close', (code, signal) => {
      if (code === 0) resolve()
      else fail(tail.lastLine() ?? `it ended with ${signal ?? `exit code ${code}`}`)
    })
  })
}

/** Empties a data folder that was never finished; the folder itself may be a mount point and stays. */
export async function clearDataFolder(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder).catch(() => [])
  await Promise.all(
    names.map((name) =>
      rm(join(dataFolder, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
    ),
  )
}
