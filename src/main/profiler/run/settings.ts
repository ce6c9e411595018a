import type { ServerClient } from '#main/targets/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import settingsSql from './settings.sql?raw'

/** Server settings that matter to a plan, as this session has them. */
export async function readSettings(client: ServerClient): Promise<Readonly<Record<string, string>>> {
  const { rows } = await client.query(markAsOwn(settingsSql), [], { prepareAs: 'barograph_settings' })
  return Object.fromEntries(rows.map(([name, value]) => [name ?? '', value ?? '']))
}
