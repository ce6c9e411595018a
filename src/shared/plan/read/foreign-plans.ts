import type { Problem } from './found-plan.ts'
import { locate } from './json-text.ts'

/** Plans of other engines, by what stands in each of them and in none of PostgreSQL's. */
const signs: readonly { readonly engine: string; readonly sign: RegExp; readonly hint?: string }[] = [
  {
    engine: 'CockroachDB',
    sign: /^[ \t│└├─]{0,400}• [a-z][a-z -]{1,60}(?: \([a-z ]{1,60}\))?[ \t]*\r?$|^\s{0,80}\|\s{1,80}distribution\s{1,80}\|\s{1,80}(?:full|local|partial)\b/m,
  },
  { engine: 'TiDB', sign: /\bestRows\b.{1,400}\boperator info\b/ },
  { engine: 'MySQL', sign: /\bselect_type\b.{1,400}\bpossible_keys\b|"query_block" ?: ?\{/ },
  { engine: 'Oracle', sign: /^Plan hash value: ?\d|^\|\s{0,9}Id\s{0,9}\|\s{0,9}Operation\s/m },
  {
    engine: 'SQLite',
    sign: /^[ |`]{0,200}--(?:SCAN|SEARCH|USE TEMP B-TREE|MULTI-INDEX OR|COMPOUND QUERY|CORRELATED)\b/m,
  },
  {
    engine: 'DuckDB',
    sign: /│\s{1,80}(?:SEQ_SCAN|TABLE_SCAN|HASH_JOIN|HASH_GROUP_BY|PROJECTION|FILTER)\s{1,80}│/,
  },
  { engine: 'Spark', sign: /^== (?:Physical|Optimized Logical) Plan ==/m },
  {
    engine: 'SQL Server',
    sign: /<ShowPlanXML\b|\|--(?:Clustered Index|Nested Loops|Hash Match|Table Scan)\b/,
  },
  { engine: 'MongoDB', sign: /["']?(?:queryPlanner|winningPlan)["']? ?: ?\{/ },
  { engine: 'ClickHouse', sign: /^\s{0,200}ReadFrom(?:MergeTree|Storage|SystemNumbers|PreparedSource)\b/m },
  { engine: 'Trino or Presto', sign: /^Fragment \d{1,4} \[[A-Z_]{1,40}\]/m },
  {
    engine: 'openGauss',
    sign: /^\s{0,9}id\s{0,9}\|\s{1,200}operation\s{1,200}\|.{0,400}\bE-costs\b/m,
    hint: 'as a table; with explain_perf_mode = normal it prints a tree, which can be read',
  },
]

/** Farther down no such text begins to look like one. */
const longest = 200_000

/** Whose plan a text is that holds none of PostgreSQL's; undefined if nobody's that is known. */
export function findForeignPlan(text: string): Problem | undefined {
  const head = text.slice(0, longest)
  for (const { engine, sign, hint } of signs) {
    const found = sign.exec(head)
    if (found === null) continue
    const at = found.index + found[0].search(/\S/)
    const message = `this is a plan of ${engine}, ${hint ?? 'which is not of PostgreSQL’s form'}`
    return { code: 'notAPlan', message, ...locate(text, at) }
  }
  return undefined
}
