import type { ServerClient } from '#main/targets/index.ts'
import type { RunProgress } from '#shared/contract/index.ts'
import { ask } from './connection.ts'
import analyzeSql from './progress-analyze.sql?raw'
import clusterSql from './progress-cluster.sql?raw'
import copySql from './progress-copy.sql?raw'
import createIndexSql from './progress-create-index.sql?raw'
import vacuumSql from './progress-vacuum.sql?raw'

export type ServerProgress = NonNullable<RunProgress['serverProgress']>

interface ProgressView {
  readonly name: string
  readonly sql: string
}

const cluster = { name: 'progress_cluster', sql: clusterSql }
const analyze = { name: 'progress_analyze', sql: analyzeSql }
const createIndex = { name: 'progress_create_index', sql: createIndexSql }
const views: Readonly<Record<string, readonly ProgressView[]>> = {
  ANALYZE: [analyze],
  CLUSTER: [cluster, createIndex],
  COPY: [{ name: 'progress_copy', sql: copySql }],
  'CREATE INDEX': [createIndex],
  REINDEX: [createIndex],
  'ALTER TABLE': [createIndex],
  // VACUUM FULL shows up as a cluster, VACUUM ANALYZE ends with an analyze.
  VACUUM: [{ name: 'progress_vacuum', sql: vacuumSql }, cluster, analyze],
}

/** Asks how far a statement of this kind is; `undefined` where the server has no view for it. */
export function progressOf(
  kind: string,
  versionNum: number,
): ((client: ServerClient, pid: number) => Promise<ServerProgress | undefined>) | undefined {
  const wanted = views[kind]
  if (wanted === undefined || (kind === 'COPY' && versionNum < 140_000)) return undefined
  return async (client, pid) => {
    for (const { name, sql } of wanted) {
      const [row] = await ask(client, name, sql, [String(pid)])
      if (row !== undefined) return toProgress(row)
    }
    return undefined
  }
}

function toProgress([phase, done, total, detail]: readonly (string | null)[]): ServerProgress {
  const share = Number(total) > 0 ? Math.min(1, Number(done) / Number(total)) : undefined
  return { phase: phase ?? '', ...(share === undefined ? {} : { share }), detail: detail ?? '' }
}
