import type { TextValue } from '#main/targets/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/**
 * Texts of statements under way: the server sends each once, when it is new. A statement that began before the last
 * look, and was at work then, has been seen at it.
 */
export interface Texts {
  /** Statements that began at or after this have to be sent; seconds, for the question. */
  readonly neededSince: string
  /** Takes in the texts of one look, made at `serverMs` of the server's clock: what is not among them has ended. */
  keep(texts: Iterable<SeenText>, serverMs: EpochMs): void
  readonly find: (pid: string, startedAt: string) => string | undefined
}

export interface SeenText {
  readonly pid: string
  /** Of the statement, as the server wrote it. */
  readonly startedAt: string
  /** `null` where it wasn't sent. */
  readonly text: TextValue
}

/** The server reads its processes one after the other, and a statement may begin before it is told. */
const marginMs = 1_000

export function createTexts(): Texts {
  let kept = new Map<string, string>()
  let neededSinceMs = 0
  const keyOf = (pid: string, startedAt: string): string => `${pid} ${startedAt}`
  return {
    get neededSince() {
      return (neededSinceMs / 1_000).toFixed(3)
    },
    keep(texts, serverMs) {
      const next = new Map<string, string>()
      let isMissing = false
      for (const { pid, startedAt, text } of texts) {
        const key = keyOf(pid, startedAt)
        const known = text ?? kept.get(key)
        if (known === undefined) isMissing = true
        else next.set(key, known)
      }
      kept = next
      neededSinceMs = isMissing ? 0 : serverMs - marginMs
    },
    find: (pid, startedAt) => kept.get(keyOf(pid, startedAt)),
  }
}
