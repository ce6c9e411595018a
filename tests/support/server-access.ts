import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes `pg_hba.conf`: one method for everybody, or the given lines. */
export async function writeAccessRules(dataFolder: string, auth: string | readonly string[]): Promise<void> {
  const lines =
    typeof auth === 'string'
      ? [`local all all ${auth}`, `host all,replication all 127.0.0.1/32 ${auth}`]
      : auth
  await writeFile(join(dataFolder, 'pg_hba.conf'), `${lines.join('\n')}\n`)
}
