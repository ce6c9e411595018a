import type { TextValue } from '#main/targets/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { createStatementMemory, type StatementDelta } from '#shared/workload/index.ts'
import type { Look, Source } from '../collector.ts'
import { createCostPace } from '../cost-pace.ts'
import { createNames } from '../names.ts'
import type { StatementAccess } from './access.ts'
import { createKnownEntries, nothingKnown } from './entry-hash.ts'
import { type EntryRow, entryId, parseEntryRow } from './entry-row.ts'
import { createTexts } from './texts.ts'

/** What reading the counters may take: with everything else that is watched, it is to stay within 0.4 % of a core. */
const costRules = { shareOfCore: 0.001, longestPauseMs: 60_000 }
/** Every so often all entries are read, so that those that are gone are forgotten. */
const wholeEvery = 60

interface Info {
  readonly seesOthers: boolean
  readonly evictions: TextValue
  readonly resetAtMs: TextValue
  readonly tookMs: Milliseconds
}

/** Reads the statements' counters, and tells what they grew by. */
export function readStatements(source: Source, access: StatementAccess): Look {
  const memory = createStatementMemory()
  const known = createKnownEntries()
  const names = createNames(source)
  const texts = createTexts(source, access)
  const pace = createCostPace(costRules)
  let last: (Info & { readonly atMs: EpochMs }) | undefined
  let sinceWhole = 0
  /** Some entries began anew in a look at what had changed: others may be gone, and are forgotten by the next. */
  let haveRestarted = false

  async function askInfo(): Promise<Info> {
    const { rows, tookMs } = await source.ask(access.info)
    const [seesOthers, evictions = null, resetAtMs = null] = rows[0] ?? []
    return { seesOthers: seesOthers === 't', evictions, resetAtMs, tookMs }
  }

  return async () => {
    if (!pace.isDue(source.now())) return
    const info = await askInfo()
    const wasReset = last !== undefined && last.resetAtMs !== info.resetAtMs
    const haveEvicted = last !== undefined && last.evictions !== info.evictions
    const isWhole =
      last === undefined || wasReset || haveEvicted || haveRestarted || ++sinceWhole >= wholeEvery
    const answer = await source.ask(access.entries, isWhole ? nothingKnown : known.parameters())
    // The question before is a look at next to nothing: its time is that of the way.
    pace.spent(answer.atMs, answer.tookMs - info.tookMs)
    if (isWhole) {
      sinceWhole = 0
      known.clear()
    }
    const rows = answer.rows.map((row) => parseEntryRow(row, access.countsPlanning))
    const byId = new Map<string, EntryRow>()
    for (const row of rows) {
      byId.set(entryId(row), row)
      known.put(row.entryHash, row.callsAndPlans)
    }
    const { grown, restarted } = memory.take({
      entries: [...byId].map(([id, { counters, since }]) => ({
        id,
        counters,
        ...(since === undefined ? {} : { since }),
      })),
      isWhole,
      mayShowOld: showsOld(info, rows),
    })
    const previous = last
    last = { ...info, atMs: answer.atMs }
    if (previous === undefined) return

    await names.learn(
      grown.map(({ id }) => byId.get(id)?.databaseOid ?? ''),
      grown.map(({ id }) => byId.get(id)?.userOid ?? ''),
    )
    const deltas = grown.flatMap(({ id, figures }): StatementDelta[] => {
      const row = byId.get(id)
      if (row === undefined) return []
      const { queryId, isTopLevel } = row
      texts.want(queryId)
      // What was dropped has no name any more.
      const database = names.database(row.databaseOid) ?? `oid ${row.databaseOid}`
      const user = names.role(row.userOid) ?? `oid ${row.userOid}`
      return [{ queryId, database, user, isTopLevel, figures }]
    })
    source.emit({ kind: 'statements', atMs: answer.atMs, periodMs: answer.atMs - previous.atMs, deltas })
    tellOfBreaks(answer.atMs, wasReset, haveEvicted || haveRestarted ? 0 : restarted)
    haveRestarted = !isWhole && restarted > 0
    if (info.seesOthers && !previous.seesOthers) source.liftLimits()
    if (haveEvicted) tellOfEvictions(Number(info.evictions) - Number(previous.evictions))
    const newTexts = await texts.read()
    if (newTexts.length > 0) source.emit({ kind: 'statement-texts', texts: newTexts })
  }

  /** Whether a right was granted since the last look, so that entries show that were there before. */
  function showsOld(info: Info, rows: readonly EntryRow[]): boolean {
    if (info.seesOthers) return last !== undefined && !last.seesOthers
    return rows.some(({ userOid }) => userOid !== access.userOid)
  }

  function tellOfBreaks(atMs: EpochMs, wasReset: boolean, restarted: number): void {
    if (!wasReset && restarted === 0) return
    const label = wasReset
      ? 'Statistics of statements were reset'
      : `Statistics of ${restarted} ${restarted === 1 ? 'statement' : 'statements'} were reset`
    source.emit({
      kind: 'marker',
      marker: { kind: 'reset', atMs, label, ...(restarted > 0 ? { facts: { statements: restarted } } : {}) },
    })
  }

  function tellOfEvictions(times: number): void {
    if (times <= 0) return
    source.limit({
      message: `The server keeps statistics of ${access.mostEntries.toLocaleString('en-US')} statements and forgets the least used ones to make room for others: what those did in between is not counted.`,
      mend: `ALTER SYSTEM SET pg_stat_statements.max = ${access.mostEntries * 2}; -- then restart the server`,
    })
  }
}
