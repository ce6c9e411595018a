import type { Collector, Look } from '../collector.ts'
import { findAccess } from './access.ts'
import { readStatements } from './look.ts'

/** While nothing can be read it looks every so often whether that was mended. */
const retryMs = 10_000

/** What every statement did, from `pg_stat_statements` ([README](README.md)). */
export const statements: Collector = {
  id: 'statements',
  everyMs: 5_000,
  begin(source) {
    let look: Look | undefined
    let retryAtMs = 0
    return async () => {
      if (look === undefined) {
        if (source.now() < retryAtMs) return
        retryAtMs = source.now() + retryMs
        const { access, limit } = await findAccess(source)
        source.liftLimits()
        if (limit !== undefined) source.limit(limit)
        if (access === undefined) return
        look = readStatements(source, access)
      }
      await look()
    }
  },
}
