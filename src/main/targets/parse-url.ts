import { type TargetSettings, WorkbenchError } from '#shared/session/index.ts'
import { ConnectProblem } from './connection/connect-problem.ts'
import { parseConninfo } from './settings/conninfo.ts'
import { invalid, toOwnSettings } from './settings/fields.ts'
import { isForeignUrl, isUrl, parseUrl } from './settings/url.ts'

/**
 * Reads a connection URL or a `key=value` string; a password in it is answered apart.
 *
 * @throws WorkbenchError `INPUT_INVALID`, whose message never quotes the text
 */
export function parseTarget(text: string): { readonly settings: TargetSettings; readonly password?: string } {
  const trimmed = text.trim()
  try {
    if (isForeignUrl(trimmed))
      throw invalid('That is no URL of a PostgreSQL server: those begin with postgresql://.')
    return toOwnSettings(isUrl(trimmed) ? parseUrl(trimmed) : parseConninfo(trimmed))
  } catch (error) {
    if (!(error instanceof ConnectProblem)) throw error
    throw new WorkbenchError('INPUT_INVALID', error.detail, {
      advice: 'Write postgresql://user@host:5432/database or host=… dbname=… user=….',
    })
  }
}
