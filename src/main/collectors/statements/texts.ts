import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { StatementText } from '#shared/workload/index.ts'
import type { Source } from '../collector.ts'
import type { StatementAccess } from './access.ts'

/**
 * Reading one text reads the file of all texts, which takes long where they are many and long: at most this share of
 * the time is spent on it.
 */
const shareOfTime = 0.002
/** Ids of which the server had no text (evicted meanwhile, file lost) are asked for again, so often. */
const mostTries = 3
const mostAtOnce = 5_000

/** Texts of statements, each told once. */
export interface Texts {
  /** Told of a statement that grew. */
  want(queryId: string): void
  /** Asks for what is wanted, if its time has come. */
  read(): Promise<readonly StatementText[]>
}

export function createTexts(source: Source, access: StatementAccess): Texts {
  const told = new Set<string>()
  const wanted = new Map<string, { tries: number }>()
  let notBeforeMs: EpochMs = 0

  function parse(rows: readonly (readonly (string | null)[])[]): readonly StatementText[] {
    const texts: StatementText[] = []
    for (const [queryId, text] of rows) {
      if (!queryId || !text || told.has(queryId)) continue
      told.add(queryId)
      wanted.delete(queryId)
      texts.push({ queryId, text })
    }
    return texts
  }

  return {
    want(queryId) {
      if (!told.has(queryId) && !wanted.has(queryId)) wanted.set(queryId, { tries: 0 })
    },
    async read() {
      if (wanted.size === 0 || source.now() < notBeforeMs) return []
      const ids = [...wanted.keys()].slice(0, mostAtOnce)
      const { rows, tookMs } = await source.ask(access.texts, [`{${ids.join(',')}}`])
      notBeforeMs = source.now() + pauseAfter(tookMs)
      const texts = parse(rows)
      for (const id of ids) {
        const missing = wanted.get(id)
        if (missing === undefined) continue
        missing.tries += 1
        if (missing.tries < mostTries) continue
        wanted.delete(id)
        told.add(id)
      }
      return texts
    },
  }
}

function pauseAfter(tookMs: Milliseconds): Milliseconds {
  return tookMs / shareOfTime
}
