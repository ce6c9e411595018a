import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A line that `store-child.ts` said. */
export interface Said {
  readonly opened?: {
    readonly path: string
    readonly runs: number
    readonly readOnly: boolean
    readonly remark?: string
  }
  readonly put?: number
  /** Ticks that are on disk. */
  readonly recorded?: number
  readonly problem?: string
  readonly failed?: { readonly code: string; readonly message: string; readonly advice: string }
  readonly dropped?: boolean
  readonly plans?: readonly object[]
}

/** A store in another process: see `store-child.ts` for the commands. */
export interface StoreProcess {
  readonly pid: number
  readonly said: readonly Said[]
  tell(command: string): void
  /** The next line not yet taken. */
  next(): Promise<Said>
  kill(): Promise<void>
  /** Ends it cleanly. */
  close(): Promise<void>
}

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** @param limitBlocks largest file it may write, in blocks of 512 bytes: a disk that is full, as far as it can tell */
export function startStoreProcess(
  dataFolder: string,
  { path, limitBlocks }: { readonly path?: string; readonly limitBlocks?: number } = {},
): StoreProcess {
  const command = [
    process.execPath,
    '--import',
    inRoot('tests/support/raw-text.mjs'),
    inRoot('tests/support/store-child.ts'),
    dataFolder,
    ...(path === undefined ? [] : [path]),
  ]
  const limited = ['sh', '-c', `trap '' XFSZ; ulimit -S -f ${limitBlocks}; exec "$@"`, 'sh', ...command]
  const [file = '', ...args] = limitBlocks === undefined ? command : limited
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  return followChild(child)
}

function followChild(child: ChildProcess): StoreProcess {
  const { stdin, stdout, pid } = child
  if (stdin === null || stdout === null || pid === undefined) throw new Error('the child has no pipes')
  const said: Said[] = []
  let taken = 0
  let wake = () => {}
  let hasEnded = false
  createInterface({ input: stdout }).on('line', (line) => {
    said.push(JSON.parse(line) as Said)
    wake()
  })
  const ended = once(child, 'close').then(() => {
    hasEnded = true
    wake()
    return undefined
  })
  // A child that was killed closes its end first.
  stdin.on('error', () => {})
  return {
    pid,
    said,
    tell: (command) => stdin.write(`${command}\n`),
    async next() {
      while (said.length <= taken) {
        if (hasEnded) throw new Error('the process has ended')
        await new Promise<void>((resolve) => (wake = resolve))
      }
      taken += 1
      return said[taken - 1] ?? {}
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async close() {
      stdin.write('close\n')
      await ended
    },
  }
}
