import { resolve } from 'node:path'

export interface WindowOptions {
  readonly data?: string
  /** `--no-demo`: connect to nothing at the start. */
  readonly demo: boolean
  /** Absolute path of a session file to open. */
  readonly file?: string
}

/**
 * Reads what is ours of a command line; Chromium has switches of its own in there, so that unknown ones are let be.
 *
 * @param args without the program, and without the application's folder
 * @param folder that relative paths start from
 */
export function readWindowOptions(args: readonly string[], folder: string): WindowOptions {
  const data = args.flatMap((arg, index) => {
    if (arg === '--data') return args[index + 1] ?? []
    return arg.startsWith('--data=') ? arg.slice('--data='.length) : []
  })[0]
  const file = args.find((arg) => !arg.startsWith('-') && isSessionFile(arg))
  return {
    demo: !args.includes('--no-demo'),
    ...(data === undefined ? {} : { data: resolve(folder, data) }),
    ...(file === undefined ? {} : { file: resolve(folder, file) }),
  }
}

export function isSessionFile(path: string): boolean {
  return path.endsWith('.barograph')
}
