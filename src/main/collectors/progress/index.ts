import { type Answer, type ByVersion, type Collector, type Look, type Source, sqlFor } from '../collector.ts'
import { createCounterMemory } from '../counter-memory.ts'
import { mendPrivileges } from '../privileges.ts'
import { withoutRefused } from '../refusals.ts'
import atWork13 from './at-work-13.sql?raw'
import atWork14 from './at-work-14.sql?raw'
import { createCommandSpans } from './command-spans.ts'
import { mayBeAtWork } from './may-be-at-work.ts'
import { type Commander, parseCommanders, parseProgress } from './parse.ts'
import progress13 from './progress-13.sql?raw'
import progress14 from './progress-14.sql?raw'
import progress17 from './progress-17.sql?raw'
import whoSql from './who.sql?raw'

/** Most looks find nobody at work: asking for processes alone costs half of what asking for everything does. */
const atWork: ByVersion = { 130_000: atWork13, 140_000: atWork14 }
const sql: ByVersion = { 130_000: progress13, 140_000: progress14, 170_000: progress17 }
const nobody: ReadonlyMap<number, Commander> = new Map()

/** What maintenance is at work: vacuum, analyze, index builds, table rewrites, COPY, base backups, each as a span. */
export const progress: Collector = { id: 'progress', everyMs: 1_000, begin }

function begin(source: Source): Look | undefined {
  const text = sqlFor(sql, source.server.versionNum)
  const atWorkText = sqlFor(atWork, source.server.versionNum)
  if (text === undefined || atWorkText === undefined) return undefined
  const memory = createCounterMemory(source)
  const spans = createCommandSpans()

  async function askWho(pids: readonly number[]): Promise<ReadonlyMap<number, Commander>> {
    const { rows } = await source.ask({ name: 'progress-who', sql: whoSql }, [`{${pids.join(',')}}`])
    const commanders = [...parseCommanders(rows)].map(([pid, { beganAtMs, ...commander }]) => {
      const began = beganAtMs === undefined ? {} : { beganAtMs: source.toWorkbenchMs(beganAtMs) }
      return [pid, { ...commander, ...began }] as const
    })
    return new Map(commanders)
  }

  const askWhatIsAtWork = async (): Promise<Pick<Answer, 'rows' | 'atMs'>> => {
    if (source.seesOthers && !mayBeAtWork(source.latestActivity())) return { rows: [], atMs: source.now() }
    const seen = await source.ask({ name: 'progress-at-work', sql: atWorkText })
    return seen.rows.length === 0 ? seen : await source.ask({ name: 'progress', sql: text })
  }

  return withoutRefused(source, 'progress', async () => {
    const { rows, atMs } = await askWhatIsAtWork()
    const commands = parseProgress(rows)
    const unknown = spans.unknownPids(commands)
    const commanders = unknown.length === 0 ? nobody : await askWho(unknown)
    const { markers, gauges } = spans.see(commands, atMs, commanders)
    for (const marker of markers) source.emit({ kind: 'marker', marker })
    memory.take({ gauges }, atMs)
    if (commands.some(({ phase }) => phase === undefined)) {
      source.limit({
        message: 'Maintenance by others is at work, but not on what and how far.',
        mend: mendPrivileges(source.server.user),
      })
    }
  })
}
