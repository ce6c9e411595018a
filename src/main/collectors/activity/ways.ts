import { type ByVersion, type Question, sqlFor } from '../collector.ts'
import byBackend13 from './by-backend-13.sql?raw'
import byBackend14 from './by-backend-14.sql?raw'
import everyRow13 from './every-row-13.sql?raw'
import everyRow14 from './every-row-14.sql?raw'
import everybody13 from './everybody-13.sql?raw'
import everybody14 from './everybody-14.sql?raw'

/** Two questions with the same answer: which one is cheaper depends on how many of all processes are at work. */
export interface Ways {
  readonly byBackend: Question
  readonly everyRow: Question
  /** The same and who is not at work: the last column tells them apart. */
  readonly everybody: Question
}

const byBackend: ByVersion = { 130_000: byBackend13, 140_000: byBackend14 }
const everyRow: ByVersion = { 130_000: everyRow13, 140_000: everyRow14 }
const everybody: ByVersion = { 130_000: everybody13, 140_000: everybody14 }

/** `undefined` for servers that are too old for both. */
export function waysFor(versionNum: number): Ways | undefined {
  const [few, all] = [sqlFor(byBackend, versionNum), sqlFor(everyRow, versionNum)]
  const whole = sqlFor(everybody, versionNum)
  if (few === undefined || all === undefined || whole === undefined) return undefined
  return {
    byBackend: { name: 'activity', sql: few },
    everyRow: { name: 'activity_rows', sql: all },
    everybody: { name: 'activity_everybody', sql: whole },
  }
}

/**
 * Whether a row of everybody costs the server less than finding out who is at work, and one call for each of these.
 *
 * In tenths of the time that functions by backend take for one process, as measured on PostgreSQL 18 with 8 to 500
 * processes: a row made with all others takes 20, one made alone 130, and planning to find out 800 more at once.
 */
export function isEveryRowCheaper(processes: number, atWork: number): boolean {
  return 20 * processes < 10 * processes + 130 * atWork + 800
}

/** Up to so many, rows of idle connections cost the server less than counting them apart. */
const fewIdle = 40

/** Whether connections are better counted from the rows of everybody, where those are asked for anyway. */
export function isEverybodyCheaper(processes: number, atWork: number): boolean {
  return processes - atWork <= fewIdle && isEveryRowCheaper(processes, atWork)
}
