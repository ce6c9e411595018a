import { ServerError, type TextValue } from '#main/targets/index.ts'
import type { EpochMs } from '#shared/units/index.ts'
import type { Question, Source } from '../collector.ts'
import type { FileReader } from './files.ts'
import readFilesSql from './read-files.sql?raw'

const question: Question = { name: 'host_read_files', sql: readFilesSql }

/** `statement_timeout` and the like: the file is not at fault. */
const cancelled = '57014'

/**
 * Files of the server's machine, read by the server: all in one question.
 *
 * One file that can't be read fails the question (pressure that was switched off at boot, a process that has just ended):
 * then the files are asked for by halves, and those at fault are not asked for again over this connection.
 */
export function createRemoteReader(source: Pick<Source, 'ask'>): FileReader {
  const refused = new Set<string>()

  async function ask(paths: readonly string[], texts: Map<string, string>): Promise<EpochMs | undefined> {
    if (paths.length === 0) return undefined
    try {
      const { rows, atMs } = await source.ask(question, [toArrayLiteral(paths)])
      for (const [path, content] of rows) {
        if (typeof path === 'string' && typeof content === 'string') texts.set(path, readEscaped(content))
      }
      return atMs
    } catch (error) {
      if (!(error instanceof ServerError) || error.sqlState === cancelled) throw error
      const [path = ''] = paths
      if (paths.length === 1) {
        refused.add(path)
        return undefined
      }
      const middle = Math.ceil(paths.length / 2)
      const first = await ask(paths.slice(0, middle), texts)
      const second = await ask(paths.slice(middle), texts)
      return first ?? second
    }
  }

  return {
    async read(paths) {
      const texts = new Map<string, string>()
      const atMs = await ask(
        paths.filter((path) => !refused.has(path)),
        texts,
      )
      return { texts, atMs: atMs ?? 0 }
    },
  }
}

/** An array as the server reads it; a control group's path may hold backslashes. */
function toArrayLiteral(paths: readonly string[]): TextValue {
  return `{${paths.map((path) => `"${path.replaceAll(/["\\]/g, (char) => `\\${char}`)}"`).join(',')}}`
}

/**
 * Text out of `encode(…, 'escape')`.
 *
 * @source PostgreSQL manual, "Binary String Functions": zero bytes and bytes with the high bit set are octal sequences
 */
export function readEscaped(text: string): string {
  if (!text.includes('\\')) return text
  const bytes = text.replaceAll(/\\(\\|[0-7]{3})/g, (_, escaped: string) =>
    escaped === '\\' ? '\\' : String.fromCharCode(Number.parseInt(escaped, 8)),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
