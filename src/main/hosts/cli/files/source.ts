import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** A file named on the command line; `-` is standard input. */
export interface Source {
  readonly file: string
  /** Undefined where it can't be known: a pipe. */
  readonly bytes: number | undefined
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Why a file could not be read, as `--json` tells it. */
export interface FileError {
  readonly code: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

/** Reading went wrong; the other files are read all the same. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile'
  readonly error: FileError

  constructor(error: FileError, options?: { readonly cause?: unknown }) {
    super(error.message, options)
    this.error = error
  }
}

const chunkBytes = 256 * 1024

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'what stands there as its folder is a file',
  EACCES: 'it may not be read by this user',
  EPERM: 'it may not be read by this user',
  EISDIR: 'it is a folder',
  Z_DATA_ERROR: 'it is no gzip file',
  Z_BUF_ERROR: 'it is a gzip file that was cut off',
}

/** @throws UnreadableFile */
export function failToRead(file: string, cause: unknown): never {
  if (cause instanceof UnreadableFile) throw cause
  if (codeOf(cause) === undefined) throw cause
  throw new UnreadableFile({ code: 'FILE_UNREADABLE', message: describeUnreadable(file, cause) }, { cause })
}

/** Why the system gave nothing of a file, in a sentence. */
export function describeUnreadable(file: string, cause: unknown): string {
  const code = codeOf(cause)
  return `The file ${file} can’t be read: ${code === undefined ? String(cause) : (reasons[code] ?? code)}.`
}

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
}

/** What a pipe holds, unpacked where its first bytes are gzip's: it has no name that could tell. */
export async function* unpackPiped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = chunks[Symbol.asyncIterator]()
  const first = await pieces.next()
  if (first.done === true) return
  const { value: head } = first
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield head
    for (let piece = await pieces.next(); piece.done !== true; piece = await pieces.next()) yield piece.value
  }
  const isPacked = head[0] === 0x1f && head[1] === 0x8b
  yield* isPacked ? pipeline(whole(), createGunzip(), () => {}) : whole()
}

/** @throws UnreadableFile */
export async function openSource(file: string): Promise<Source> {
  if (file === '-') return { file, bytes: undefined, chunks: unpackPiped(process.stdin) }
  try {
    const { size } = await stat(file)
    const stream = createReadStream(file, { highWaterMark: chunkBytes })
    if (!file.endsWith('.gz')) return { file, bytes: size, chunks: stream }
    // Rotated logs are often packed.
    return { file, bytes: undefined, chunks: pipeline(stream, createGunzip(), () => {}) }
  } catch (cause) {
    return failToRead(file, cause)
  }
}
