import { ServerError } from '#main/targets/index.ts'
import type { GaugeId, MetricSample } from '#shared/series/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { Source } from '../collector.ts'
import { mendPrivileges } from '../privileges.ts'

export interface MeasureOptions {
  readonly name: string
  /** Answers with rows of oid, name, and whether its size may be asked for. */
  readonly listSql: string
  /** Takes an oid, answers with bytes. */
  readonly sizeSql: string
  readonly what: string
  readonly metric: GaugeId
}

export interface Measured {
  readonly gauges: readonly MetricSample[]
  /** Time the server took to look at files. */
  readonly tookMs: Milliseconds
}

/** SQLSTATEs of a statement that ran into a timeout. */
const timeouts = new Set(['57014', '55P03'])

/** Asks for the sizes of things one by one, so that a large one keeps nobody else waiting. */
export function measureEach(source: Source, options: MeasureOptions): () => Promise<Measured> {
  const { name, listSql, sizeSql, what, metric } = options
  const tooLarge = new Set<string>()

  async function sizeOf(oid: string, label: string): Promise<Measured> {
    try {
      const { rows, tookMs } = await source.ask({ name: `${name}-each`, sql: sizeSql }, [oid])
      const bytes = rows[0]?.[0] ?? null
      return { gauges: bytes === null ? [] : [{ metric, labels: [label], value: Number(bytes) }], tookMs }
    } catch (error) {
      if (!(error instanceof ServerError)) throw error
      if (timeouts.has(error.sqlState)) {
        tooLarge.add(oid)
        source.limit({ message: `Finding out the size of ${what} ${label} takes the server too long.` })
      }
      // It may have been dropped since it was listed.
      return { gauges: [], tookMs: 0 }
    }
  }

  return async () => {
    const { rows } = await source.ask({ name, sql: listSql })
    const hidden = rows.filter(([, , mayBeAsked]) => mayBeAsked !== 't')
    const gauges: MetricSample[] = []
    let tookMs: Milliseconds = 0
    for (const [oid, label, mayBeAsked] of rows) {
      if (!oid || !label || mayBeAsked !== 't' || tooLarge.has(oid)) continue
      const size = await sizeOf(oid, label)
      gauges.push(...size.gauges)
      tookMs += size.tookMs
    }
    if (hidden.length > 0) {
      const names = hidden.map(([, label]) => label).join(', ')
      source.limit({
        message: `The size may not be asked for of ${what} ${names}.`,
        mend: mendPrivileges(source.server.user, 'pg_read_all_stats'),
      })
    }
    return { gauges, tookMs }
  }
}
