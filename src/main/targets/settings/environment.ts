import { readFileSync, statSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'

/** What a file says, or why it can't be read. */
export type FileAnswer =
  | {
      readonly text: string
      /** Permission bits of the file; absent where the system has none. */
      readonly mode?: number
    }
  | { readonly problem: 'missing' | 'unreadable'; readonly detail: string }

/** Everything around the process that settings depend on, so that reading them stays a pure matter. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly homeFolder: string
  readonly userName: string
  readonly platform: NodeJS.Platform
  readFile(path: string): FileAnswer
  /** Something is there: a file, a folder or a socket. */
  exists(path: string): boolean
}

/** The environment of this process. */
export function readEnvironment(variables: Environment['variables'] = process.env): Environment {
  return {
    variables,
    homeFolder: variables['HOME'] || homedir(),
    userName: currentUser(),
    platform: process.platform,
    readFile,
    exists: (path) => statSync(path, { throwIfNoEntry: false }) !== undefined,
  }
}

function currentUser(): string {
  try {
    return userInfo().username
  } catch {
    // A user id without a name, as in some containers.
    return process.env['USER'] ?? process.env['USERNAME'] ?? ''
  }
}

function readFile(path: string): FileAnswer {
  try {
    const stats = statSync(path)
    if (!stats.isFile()) return { problem: 'unreadable', detail: 'not a plain file' }
    const text = readFileSync(path, 'utf8')
    return process.platform === 'win32' ? { text } : { text, mode: stats.mode & 0o777 }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return { problem: 'missing', detail: 'no such file' }
    return { problem: 'unreadable', detail: code ?? 'unknown error' }
  }
}
