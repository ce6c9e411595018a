import type { ServerClient } from '#main/targets/index.ts'
import { derivePlan, type Finding, judgePlan, type Plan, parsePlanJson } from '#shared/plan/index.ts'
import { explain, setForTransaction } from './shop.ts'

/**
 * A shop whose tables provoke the troubles that findings are about: columns without an index, columns that depend on
 * each other, an index that is not selective, pages that no vacuum has seen. Made in about two seconds.
 */
const schema: readonly string[] = [
  `create table customers (id int primary key, name text not null, city text not null, email text not null)`,
  // `region` follows from `country`, two of fifty each; `warehouse` has ten values all over the table, `customer_id` no index.
  `create table orders (id int primary key, customer_id int not null, coupon_id int not null, seller_id int not null,
     warehouse int not null, country int not null, region int not null, placed_at timestamp not null,
     amount int not null, email text not null, note text not null)`,
  `create table visits (id int not null, page int not null)`,
  `create table countries (id int primary key, name text not null)`,
  `insert into customers select i, 'customer ' || i, 'city ' || i % 100, 'c' || i || '@example.org'
     from generate_series(1, 10000) i`,
  `insert into orders select i, 1 + (i::bigint * 7919) % 10000, (i::bigint * 104729) % 5000, 1 + (i::bigint * 31) % 10000,
     (i::bigint * 7907) % 10, (i::bigint * 613) % 50, (i::bigint * 613) % 50 / 2, timestamp '2026-01-01' + i * interval '2 minutes',
     (i::bigint * 37) % 9973, 'c' || i % 10000 || '@example.org', md5(i::text)
     from generate_series(1, 150000) i`,
  `insert into visits select i, i % 100 from generate_series(1, 60000) i`,
  `insert into countries select i, 'country ' || i from generate_series(0, 49) i`,
  `create index on orders (seller_id)`,
  `create index on orders (warehouse)`,
  `create index on visits (id)`,
  `vacuum analyze customers, orders, countries`,
  // Analysed only: no page of it is known to be visible to all.
  `analyze visits`,
]

export async function makeTroubledShop(client: ServerClient): Promise<void> {
  for (const statement of schema) await client.query(statement)
}

export interface JudgedRun {
  readonly plan: Plan
  readonly findings: readonly Finding[]
}

/** Runs a statement with settings for that run alone, all of it rolled back, and judges its plan. */
export async function judgeRun(
  client: ServerClient,
  sql: string,
  settings: Readonly<Record<string, string>> = {},
  options = 'analyze, buffers',
): Promise<JudgedRun> {
  await client.query('begin')
  try {
    // What a worker does comes out differently from run to run: the troubles here are of one process.
    await setForTransaction(client, { max_parallel_workers_per_gather: '0', jit: 'off', ...settings })
    const { rows } = await client.query(explain(sql, options, 'json'))
    const reading = parsePlanJson(rows.map(([line]) => line).join('\n'))
    if (!reading.ok) throw new Error(reading.error.message)
    const plan = derivePlan(reading.plan)
    return { plan, findings: judgePlan(plan, reading.plan) }
  } finally {
    await client.query('rollback')
  }
}

/** What a person would do at the finding's first advice that has a statement; `SET`s are handed back for the run. */
export async function followAdvice(
  client: ServerClient,
  finding: Finding,
  which: (statement: string) => boolean = () => true,
): Promise<Readonly<Record<string, string>>> {
  for (const { statement, action } of finding.advice) {
    if (action?.kind === 'runWithSetting' && which(`SET ${action.name}`))
      return { [action.name]: action.value }
    if (statement === undefined || !which(statement)) continue
    for (const line of statement.split(';\n')) await client.query(line)
    return {}
  }
  throw new Error(`no advice with a statement: ${finding.title}`)
}

/**
 * What is said of a statement each of three times that it is run: one reading of a clock on a busy machine (a plan of
 * 3 ms, a block of 1 ms) is no trouble of the statement.
 */
export async function findLastingTrouble(
  client: ServerClient,
  sql: string,
  options: string,
): Promise<readonly string[]> {
  // The first run reads what later ones find in memory.
  await judgeRun(client, sql)
  let lasting: readonly string[] | undefined
  for (let runs = 0; runs < 3 && lasting?.length !== 0; runs++) {
    const { findings } = await judgeRun(client, sql, {}, options)
    const rules = findings.map(({ rule }) => rule)
    lasting = lasting?.filter((rule) => rules.includes(rule)) ?? rules
  }
  return (lasting ?? []).map((rule) => `${rule}: ${sql} (${options})`)
}
