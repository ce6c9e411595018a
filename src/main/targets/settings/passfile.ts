import type { Environment } from './environment.ts'

/** What a password is looked up by. */
export interface PasswordKey {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
}

export function passfilePath(environment: Environment, passfile?: string): string {
  const { variables, platform, homeFolder } = environment
  const own =
    platform === 'win32'
      ? `${variables['APPDATA'] ?? homeFolder}\\postgresql\\pgpass.conf`
      : `${homeFolder}/.pgpass`
  return passfile || variables['PGPASSFILE'] || own
}

export type PassfileAnswer = { readonly text: string } | { readonly problem: string } | undefined

/** The password file, unless others may read it: libpq ignores it then, and so do we. A missing one is `undefined`. */
export function readPassfile(environment: Environment, path: string): PassfileAnswer {
  const file = environment.readFile(path)
  if (!('text' in file)) {
    return file.problem === 'missing' ? undefined : { problem: `It can't be read: ${file.detail}.` }
  }
  if (file.mode !== undefined && (file.mode & 0o077) !== 0) {
    return {
      problem: `Others may read it, so it is ignored, as libpq does. Run: chmod 600 ${path}`,
    }
  }
  return { text: file.text }
}

/**
 * The password of the first line that fits; `undefined` where none does.
 *
 * @source PostgreSQL manual, "The Password File"
 */
export function findPassword(text: string, key: PasswordKey): string | undefined {
  const wanted = [key.host, String(key.port), key.database, key.user]
  for (const rawLine of text.split('\n')) {
    const line = rawLine.replace(/\r$/, '')
    if (line === '' || line.startsWith('#')) continue
    const [parts, rest] = splitLine(line)
    if (parts.length === wanted.length && parts.every((part, index) => fits(part, wanted[index] ?? ''))) {
      return rest === '' ? undefined : unescape(rest)
    }
  }
  return undefined
}

/** The four fields before the password, still escaped, and the rest of the line. */
function splitLine(line: string): [readonly string[], string] {
  const parts: string[] = []
  let rest = line
  while (parts.length < 4) {
    const part = /^((?:[^:\\]|\\.)*):/.exec(rest)?.[1]
    if (part === undefined) return [[], '']
    parts.push(part)
    rest = rest.slice(part.length + 1)
  }
  return [parts, rest]
}

function fits(pattern: string, value: string): boolean {
  return pattern === '*' || unescape(pattern) === value
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1')
}
