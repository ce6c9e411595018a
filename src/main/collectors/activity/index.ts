import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { Answer, Collector, Look, Source } from '../collector.ts'
import { createNames } from '../names.ts'
import { mendPrivileges } from '../privileges.ts'
import { createConnections } from './connections.ts'
import { columns, parseActivity, type Surroundings } from './parse.ts'
import { createSchemaCommands } from './schema-commands.ts'
import { createTexts, type SeenText } from './texts.ts'
import { isEverybodyCheaper, isEveryRowCheaper, waysFor } from './ways.ts'

/** A tick stands for the time since the one before, but no gap is load. */
const mostPeriods = 3

/** What each process at work does, at the pace that the user chose. */
export const activity: Collector = { id: 'activity', everyMs: 100, isUrgent: true, begin }

function begin(source: Source): Look | undefined {
  const found = waysFor(source.server.versionNum)
  if (found === undefined) return undefined
  const ways = found
  if (!source.seesOthers) {
    source.limit({
      message: 'What other users do is hidden.',
      mend: mendPrivileges(source.server.user),
    })
  }
  const names = createNames(source)
  const texts = createTexts()
  const commands = createSchemaCommands()
  const connections = createConnections(source)
  const around: Surroundings = {
    database: names.database,
    role: names.role,
    statement: texts.find,
    toWorkbenchMs: source.toWorkbenchMs,
  }
  let lastMs: EpochMs | undefined
  let atWork = 0

  async function ask(since: string, isWhole: boolean): Promise<Answer> {
    if (isWhole) return await source.ask(ways.everybody, [since])
    return await (isEveryRowCheaper(connections.total, atWork)
      ? source.ask(ways.everyRow, [since])
      : source.ask(ways.byBackend, [since, connections.failed]))
  }

  return async () => {
    const since = texts.neededSince
    const isCounted = connections.isDue()
    const isWhole = isCounted && connections.total > 0 && isEverybodyCheaper(connections.total, atWork)
    const { rows: answered, atMs, tookMs } = await ask(since, isWhole)
    const rows = isWhole ? answered.filter((row) => row[columns.isAtWork] === 't') : answered
    atWork = rows.length
    await names.learn(valuesAt(rows, columns.database), valuesAt(rows, columns.role))
    texts.keep(seenTexts(rows), source.toServerMs(atMs) - tookMs)
    const periodMs = periodSince(lastMs, atMs, source.paceMs())
    lastMs = atMs
    const backends = rows.map((row) => parseActivity(row, around))
    const tick = { atMs, periodMs, backends }
    source.emit({ kind: 'activity', tick })
    for (const marker of commands.see(tick)) source.emit({ kind: 'marker', marker })
    if (isWhole) connections.tell(answered, atMs)
    else if (isCounted) await connections.count()
  }
}

/** The time that a tick stands for. */
export function periodSince(lastMs: EpochMs | undefined, atMs: EpochMs, paceMs: Milliseconds): Milliseconds {
  return lastMs === undefined ? paceMs : Math.max(0, Math.min(atMs - lastMs, mostPeriods * paceMs))
}

function valuesAt(rows: Answer['rows'], column: number): ReadonlySet<string> {
  const values = new Set<string>()
  for (const row of rows) {
    const value = row[column]
    if (typeof value === 'string') values.add(value)
  }
  return values
}

function seenTexts(rows: Answer['rows']): readonly SeenText[] {
  return rows.flatMap((row) => {
    const { [columns.pid]: pid, [columns.statementStart]: startedAt, [columns.statement]: text = null } = row
    return typeof pid === 'string' && typeof startedAt === 'string' ? [{ pid, startedAt, text }] : []
  })
}
