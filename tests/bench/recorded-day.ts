import { DuckDBInstance } from '@duckdb/node-api'

const dayMs = 86_400_000
const ticksPerDay = 864_000
export const dayBackends = 20
/** Activity samples of the day. */
export const dayRows = ticksPerDay * dayBackends
/** Series of metrics, read once a second. */
export const daySeries = 200

/**
 * Fills a new session with a day at 10 Hz of 20 backends that are always at work, and of 200 series at 1 Hz. What they
 * do is drawn by arithmetic: four users, 12 wait events of which CPU is half, 80 statements of which a few are most, a
 * new statement every few ticks, one backend in twenty with one that takes minutes.
 *
 * @returns start of the day
 */
export async function recordDay(path: string, startedAtMs: number): Promise<void> {
  const instance = await DuckDBInstance.create(path, { threads: '2', memory_limit: '512MB' })
  const connection = await instance.connect()
  const at = `make_timestamp(${startedAtMs * 1_000} + tick * 100000 + (tick * 7919 % 5) * 1000)`
  try {
    for (const sql of [
      `INSERT INTO recordings SELECT 1, make_timestamp(${startedAtMs * 1_000}),
         make_timestamp(${(startedAtMs + dayMs) * 1_000}), 10, 'day', 'localhost', 5432, 'shop', 'ada', '18.4', 180004`,
      `INSERT INTO origins SELECT n, 'shop', 'user ' || n, 'application ' || n % 3, '10.0.0.' || n FROM range(4) r(n)`,
      `INSERT INTO backends SELECT n, 1000 + n, make_timestamp(${startedAtMs * 1_000}), 'client backend', NULL, n % 4
         FROM range(${dayBackends}) r(n)`,
      `INSERT INTO doings SELECT n, 'client backend', CASE WHEN n = 11 THEN 'idle in transaction' ELSE 'active' END,
         ['CPU', 'IO', 'Lock', 'LWLock', 'Client'][1 + n % 5], CASE WHEN n % 5 > 0 THEN 'event ' || n END
         FROM range(12) r(n)`,
      `INSERT INTO statements SELECT n, (n * 104729)::VARCHAR, NULL FROM range(80) r(n)`,
      `INSERT INTO statement_texts SELECT (n * 104729)::VARCHAR, 'SELECT ' || n FROM range(80) r(n)`,
      `INSERT INTO activity_ticks SELECT ${at}, 98 + tick * 7919 % 5 FROM range(${ticksPerDay}) r(tick)`,
      `INSERT INTO activity_samples
         SELECT ${at}, 98 + tick * 7919 % 5, backend, backend % 4,
           CASE WHEN draw % 2 = 0 THEN 0 ELSE draw // 2 % 12 END,
           least(draw // 24 % 80, draw // 1920 % 80), age, CASE WHEN draw % 3 = 0 THEN draw // 7 % 400 ELSE 0 END,
           draw // 11 % 2, CASE WHEN draw % 4 > 0 THEN draw // 13 % 900 END
         FROM (
           SELECT i // ${dayBackends} AS tick, i % ${dayBackends} AS backend, i * 2654435761 % 1000003 AS draw,
             CASE WHEN i % ${dayBackends} = 7 THEN i // ${dayBackends} % 3000 * 100 ELSE draw // 5 % 250 END AS age
           FROM range(${dayRows}) r(i))`,
      `INSERT INTO activity_minutes
         SELECT make_timestamp(epoch_ms(sampled_at) // 60000 * 60000000), origin_no, doing_no, statement_no,
           sum(period_ms) FROM activity_samples GROUP BY ALL ORDER BY ALL`,
      `INSERT INTO series SELECT n, CASE WHEN n < 100 THEN 'database.commits' ELSE 'connections.state' END,
         '["label ' || n || '"]' FROM range(${daySeries}) r(n)`,
      `INSERT INTO metric_groups VALUES (1, 'database.commits'), (1, 'connections.state')`,
      `INSERT INTO metric_ticks SELECT make_timestamp((${startedAtMs} + n * 1000) * 1000), 1000, 1
         FROM range(${dayMs / 1_000}) r(n)`,
      `INSERT INTO metric_samples
         SELECT make_timestamp((${startedAtMs} + i // ${daySeries} * 1000) * 1000), i % ${daySeries},
           i * 2654435761 % 10007 % (1 + i % ${daySeries} * 50)
         FROM range(${(dayMs / 1_000) * daySeries}) r(i)`,
      `INSERT INTO metric_minutes
         SELECT make_timestamp(epoch_ms(sampled_at) // 60000 * 60000000), series_no, sum(value), count(*)
         FROM metric_samples GROUP BY ALL ORDER BY ALL`,
      'CHECKPOINT',
    ]) {
      await connection.run(sql)
    }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
