import type { Ratio } from '../units/index.ts'
import type { TableReading } from './model.ts'

type Settings = Readonly<Record<string, string>>

/** What a table says for itself goes before the server's setting. */
function settingOf(table: TableReading, settings: Settings, name: string, otherwise: number): number {
  const own = table.options?.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1)
  const value = Number(own ?? settings[name] ?? otherwise)
  return Number.isFinite(value) ? value : otherwise
}

export interface VacuumDue {
  /** Dead rows at which autovacuum takes the table up. */
  readonly thresholdRows: number
  /** Dead rows ÷ threshold; from 1 on it is due. */
  readonly ratio: Ratio
  readonly isOff: boolean
}

/**
 * How near a table is to its next autovacuum by dead rows.
 *
 * @source PostgreSQL manual, "The Autovacuum Daemon": threshold + scale factor × rows, at most
 *   `autovacuum_vacuum_max_threshold` (18 and later)
 */
export function vacuumDue(table: TableReading, settings: Settings): VacuumDue {
  const base = settingOf(table, settings, 'autovacuum_vacuum_threshold', 50)
  const scale = settingOf(table, settings, 'autovacuum_vacuum_scale_factor', 0.2)
  const most = settingOf(table, settings, 'autovacuum_vacuum_max_threshold', -1)
  const plain = base + scale * (table.estimatedRows ?? table.liveRows)
  const thresholdRows = most >= 0 ? Math.min(most, plain) : plain
  const own = table.options?.find((option) => option.startsWith('autovacuum_enabled='))
  const isOff = own === undefined ? settings['autovacuum'] === 'off' : /=(false|off|no|0)$/.test(own)
  return { thresholdRows, ratio: thresholdRows > 0 ? table.deadRows / thresholdRows : 0, isOff }
}

/** Transactions that fit between the oldest row and the point where the server stops to accept writes. */
const wraparoundXids = 2 ** 31 - 3_000_000

/** How far a table's oldest rows have come on the way to wraparound. */
export interface WraparoundState {
  /** Age ÷ `autovacuum_freeze_max_age`; from 1 on a vacuum to freeze is forced. */
  readonly ofFreezeMaxAge: Ratio
  /** Age ÷ the end. */
  readonly ofWraparound: Ratio
}

/** @source PostgreSQL manual, "Preventing Transaction ID Wraparound Failures" */
export function wraparoundState(table: TableReading, settings: Settings): WraparoundState | undefined {
  if (table.xidAge === undefined) return undefined
  const freezeMaxAge = settingOf(table, settings, 'autovacuum_freeze_max_age', 200_000_000)
  return { ofFreezeMaxAge: table.xidAge / freezeMaxAge, ofWraparound: table.xidAge / wraparoundXids }
}
