import type { ActivityTick, BackendSample } from '#shared/activity/index.ts'
import type { Marker } from '#shared/session/index.ts'
import { condenseStatement, describeStatement } from '#shared/statements/index.ts'
import { type EpochMs, formatDuration, type Milliseconds } from '#shared/units/index.ts'

export interface SchemaCommands {
  /** The marks that a look gives: of a command that has begun to take long, and of one that has ended. */
  see(tick: ActivityTick): readonly Marker[]
}

/** Shorter ones are as many as a program likes; what they did, the schema collector marks. */
const worthMarkingMs: Milliseconds = 1_000
const longestLabel = 60

/**
 * What changes things that others use, and so takes a lock that these wait for. The server tells the progress of
 * CREATE INDEX, REINDEX, CLUSTER and VACUUM FULL: marking those is the progress collector's.
 */
const changing =
  /^(?:TRUNCATE|(?:ALTER|DROP) (?:TABLE|INDEX|(?:MATERIALIZED )?VIEW|FOREIGN TABLE|SEQUENCE|TYPE|DOMAIN|SCHEMA|TRIGGER|POLICY|RULE)|CREATE (?:TRIGGER|POLICY|RULE)|REFRESH MATERIALIZED VIEW)$/

interface Seen {
  readonly statement: string
  readonly startedAtMs: EpochMs
  /** Of a command on the schema; others are remembered, so that each is read once. */
  readonly span?: Span
}

interface Span {
  readonly label: string
  readonly backend: BackendSample
  readonly waitedMs: Milliseconds
}

/** Makes spans of the commands on the schema that take long, most of which wait while everybody waits for them. */
export function createSchemaCommands(): SchemaCommands {
  let seen: ReadonlyMap<number, Seen> = new Map()
  return {
    see({ atMs, periodMs, backends }) {
      const now = new Map<number, Seen>()
      const markers: Marker[] = []
      for (const backend of backends) {
        const { pid, state, statement, statementStartedAtMs } = backend
        if (state !== 'active' || statement === undefined || statementStartedAtMs === undefined) continue
        if (atMs - statementStartedAtMs < worthMarkingMs) continue
        const known = seen.get(pid)
        const isKnown = known !== undefined && isSame(known, statement, statementStartedAtMs)
        const { span, ...command } = isKnown ? known : begin(backend, statement, statementStartedAtMs)
        if (span === undefined) {
          now.set(pid, command)
          continue
        }
        const waitedMs = span.waitedMs + (backend.waitClass === 'Lock' ? periodMs : 0)
        now.set(pid, { ...command, span: { ...span, waitedMs } })
        if (!isKnown) markers.push(markerOf(command.startedAtMs, span))
      }
      for (const [pid, { startedAtMs, span }] of seen) {
        if (span !== undefined && now.get(pid)?.startedAtMs !== startedAtMs)
          markers.push({ ...markerOf(startedAtMs, span), endedAtMs: atMs })
      }
      seen = now
      return markers
    },
  }
}

/** The workbench's idea of the server's clock moves a little, and the beginning with it. */
function isSame(known: Seen, statement: string, startedAtMs: EpochMs): boolean {
  return known.statement === statement && Math.abs(known.startedAtMs - startedAtMs) < worthMarkingMs
}

function begin(backend: BackendSample, statement: string, startedAtMs: EpochMs): Seen {
  // `DROP INDEX CONCURRENTLY` and `REFRESH … CONCURRENTLY` are of their kind too.
  if (!changing.test(describeStatement(statement).kind)) return { statement, startedAtMs }
  const label = condenseStatement(statement, longestLabel)
  return { statement, startedAtMs, span: { label, backend, waitedMs: 0 } }
}

function markerOf(atMs: EpochMs, { label, backend, waitedMs }: Span): Marker {
  const { pid, database, user } = backend
  return {
    kind: 'ddl',
    atMs,
    label,
    facts: {
      process: pid,
      ...(database === undefined ? {} : { database }),
      ...(user === undefined ? {} : { user }),
      ...(waitedMs > 0 ? { 'waited for locks': formatDuration(waitedMs) } : {}),
    },
  }
}
