import { execFile } from 'node:child_process'
import { appendFile, chown, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'

const run = promisify(execFile)

/** What has to be known of the server to follow. */
export interface Primary {
  readonly major: number
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly dataFolder: string
}

/**
 * Copies the data of a running server, so that a server on the copy becomes its standby.
 *
 * @source PostgreSQL manual, "Making a Base Backup Using the Low Level API"
 */
export async function copyPrimary(primary: Primary, dataFolder: string): Promise<void> {
  const { major, host, port, user, database } = primary
  // The plain driver: the workbench's own brings `.sql` files, which only a bundler reads.
  const client = new Client({ host, port, user, database })
  await client.connect()
  try {
    const [start, stop] =
      major >= 15
        ? [`pg_backup_start('standby', true)`, 'pg_backup_stop(false)']
        : [`pg_start_backup('standby', true, false)`, 'pg_stop_backup(false, false)']
    await client.query(`select ${start}`)
    // Files that vanish while they are copied are no loss: the WAL brings what became of them.
    await run('cp', ['-a', primary.dataFolder, dataFolder]).catch(() => undefined)
    const { rows } = await client.query<{ labelfile: string | null }>(`select labelfile from ${stop}`)
    await becomeStandby(primary, dataFolder, rows[0]?.labelfile ?? null)
  } finally {
    await client.end()
  }
}

async function becomeStandby(primary: Primary, dataFolder: string, label: string | null): Promise<void> {
  const { uid, gid } = await stat(dataFolder)
  const files = { backup_label: label ?? '', 'standby.signal': '' }
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(dataFolder, name), text)
    await chown(join(dataFolder, name), uid, gid)
  }
  await rm(join(dataFolder, 'postmaster.pid'), { force: true })
  // Slots belong to the primary.
  const slots = join(dataFolder, 'pg_replslot')
  for (const slot of await readdir(slots)) await rm(join(slots, slot), { recursive: true })
  const { host, port, user } = primary
  await appendFile(
    join(dataFolder, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=${host} port=${port} user=${user} application_name=follower'\n`,
  )
}
