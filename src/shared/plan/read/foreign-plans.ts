import type { Problem } from './found-plan.ts'
import { locate } from './json-text.ts'

/** Plans of other engines, by what stands in each of them and in none of PostgreSQL's. */
const engines: readonly { readonly engine: string; readonly sign: RegExp; readonly hint?: string }[] = [
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

/** Files that hold no text, by what they begin with. Bytes that are no UTF-8 have become U+FFFD. */
const binaries: readonly { readonly kind: string; readonly signs: readonly string[] }[] = [
  {
    kind: 'a picture: copy the plan as text, or save it to a file',
    signs: ['\uFFFDPNG', '\uFFFD\uFFFD\uFFFD', 'GIF8', 'RIFF'],
  },
  { kind: 'a PDF file: copy the plan out of it', signs: ['%PDF-'] },
  { kind: 'a ZIP archive: unpack it first', signs: ['PK\u0003\u0004'] },
  { kind: 'a gzip archive: unpack it first', signs: ['\u001F\uFFFD'] },
  { kind: 'a file packed by zstd or xz: unpack it first', signs: ['(\uFFFD/\uFFFD', '\uFFFD7zXZ'] },
]

/** What stands behind the checksum of a DuckDB file. */
const duckMark = /^[^]{1,8}DUCK/
const sniffedChars = 4_096

/** What a file without text is; undefined for a text. */
export function findBinary(text: string): Problem | undefined {
  const kind = duckMark.test(text)
    ? 'a session of the workbench, or another database of DuckDB: open it as a session'
    : (binaries.find(({ signs }) => signs.some((sign) => text.startsWith(sign)))?.kind ??
      (text.slice(0, sniffedChars).includes('\0') ? 'no text' : undefined))
  return kind === undefined ? undefined : { code: 'notAPlan', message: `this is ${kind}`, line: 1, column: 1 }
}

/** Farther down no such text begins to look like one. */
const longest = 200_000

/** Whose plan a text is that holds none of PostgreSQL's; undefined if nobody's that is known. */
export function findForeignPlan(text: string): Problem | undefined {
  const head = text.slice(0, longest)
  for (const { engine, sign, hint } of engines) {
    const found = sign.exec(head)
    if (found === null) continue
    const at = found.index + found[0].search(/\S/)
    const message = `this is a plan of ${engine}, ${hint ?? 'which is not of PostgreSQL’s form'}`
    return { code: 'notAPlan', message, ...locate(text, at) }
  }
  return undefined
}
