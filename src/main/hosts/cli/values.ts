import { InvalidArgumentError } from 'commander'
import { refuseLinePrefix } from '#shared/logs/index.ts'
import { type RunParameter, type RunSetting, refuseRunSettings } from '#shared/session/index.ts'
import type { Hertz, Milliseconds } from '#shared/units/index.ts'

/** Readers of option values; what they throw is shown as a usage error. */

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 }

/** `500ms`, `30s`, `5min`, `1h`; a bare number is milliseconds, as with PostgreSQL's own settings. */
export function readDuration(text: string): Milliseconds {
  const found = /^(\d+(?:\.\d+)?)\s*(ms|s|min|h)?$/.exec(text.trim())
  const value = Math.round(Number(found?.[1]) * (units[found?.[2] ?? 'ms'] ?? 1))
  if (found !== null && value <= 86_400_000) return value
  throw new InvalidArgumentError('A duration is a number with ms, s, min or h, up to 24h.')
}

export function readCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= 10_000) return count
  throw new InvalidArgumentError('A count is a whole number from 1 to 10000.')
}

export function readRowLimit(text: string): number {
  const rows = Number(text)
  if (Number.isInteger(rows) && rows >= 1 && rows <= 10_000_000) return rows
  throw new InvalidArgumentError('A number of rows is a whole number from 1 to 10000000.')
}

export function readHertz(text: string): Hertz {
  const hertz = Number(text)
  if (text.trim() !== '' && hertz >= 1 && hertz <= 200) return hertz
  throw new InvalidArgumentError('A rate is a number from 1 to 200 per second.')
}

export function readRecordingHertz(text: string): Hertz {
  const hertz = Number(text)
  if (text.trim() !== '' && hertz >= 1 && hertz <= 100) return hertz
  throw new InvalidArgumentError('A rate is a number from 1 to 100 per second.')
}

export function readSeconds(text: string): number {
  const seconds = Number(text)
  if (text.trim() !== '' && seconds >= 1 && seconds <= 2_000_000) return seconds
  throw new InvalidArgumentError('A number of seconds is from 1 to 2000000.')
}

/** `log_line_prefix`, as the server's configuration has it. */
export function readLinePrefix(text: string): string {
  const refusal = refuseLinePrefix(text)
  if (refusal === undefined) return text
  throw new InvalidArgumentError(refusal)
}

export function readSessionPath(path: string): string {
  if (path.endsWith('.barograph')) return path
  throw new InvalidArgumentError('A session file ends in .barograph.')
}

export function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new InvalidArgumentError('A port is a whole number from 1 to 65535.')
}

/** Adds one `--param`; `\N` is NULL, as in COPY's text format. */
export function collectParameter(
  text: string,
  before: readonly RunParameter[] = [],
): readonly RunParameter[] {
  return [...before, { value: text === '\\N' ? null : text }]
}

/** Adds one `--set name=value`; names are not case-sensitive, as on the server. */
export function collectSetting(text: string, before: readonly RunSetting[] = []): readonly RunSetting[] {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('A setting is written name=value.')
  const name = text.slice(0, equals).trim().toLowerCase()
  const settings = [...before, { name, value: text.slice(equals + 1).trim() }]
  const refusal = refuseRunSettings(settings)
  if (refusal === undefined) return settings
  throw new InvalidArgumentError(refusal)
}
