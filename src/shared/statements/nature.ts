import { outlineStatement, type StatementOutline } from './outline.ts'
import { outsideTransaction } from './outside-transaction.ts'
import { countParameters } from './parameters.ts'
import { refusal } from './refusal.ts'

/** What running a statement means, told from its words alone. */
export interface StatementNature {
  /** `SELECT`, `CREATE INDEX`, `VACUUM` …; empty for no statement. */
  readonly kind: string
  /**
   * It changes data, definitions or settings, or may well do so (`CALL`, `DO`, `EXECUTE`). What a function called
   * by a `SELECT` does can't be known from outside.
   */
  readonly writes: boolean
  /** Why it can't run inside a transaction; absent if it can. */
  readonly outsideTransaction?: string
  /** Why the workbench does not run it; absent if it does. */
  readonly refusal?: string
  /** EXPLAIN accepts it. */
  readonly explainable: boolean
  /** Highest `$n`. */
  readonly parameters: number
}

const changing: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'merge'])
const reading: ReadonlySet<string> = new Set([
  'select',
  'values',
  'table',
  'show',
  'fetch',
  'declare',
  'lock',
])
const queries: ReadonlySet<string> = new Set(['select', 'values', 'table'])

/**
 * The nature of one statement. Works on broken statements and on ones newer than any grammar at hand, so it is what
 * decides about running; a parser only underlines.
 *
 * @source PostgreSQL manual, "SQL Commands"; what EXPLAIN accepts: ExplainableStmt in gram.y
 */
export function describeStatement(sql: string): StatementNature {
  const outline = outlineStatement(sql)
  const verb = findVerb(outline)
  const outside = outsideTransaction(outline)
  const refused = refusal(outline)
  return {
    kind: nameKind(outline, verb),
    writes: findWrites(sql, outline, verb),
    ...(outside === undefined ? {} : { outsideTransaction: outside }),
    ...(refused === undefined ? {} : { refusal: refused }),
    explainable: isExplainable(outline, verb),
    parameters: countParameters(sql),
  }
}

/** The word that says what is done: behind the CTEs of a `WITH`, and behind an opening bracket. */
function findVerb({ outer, firstBrackets }: StatementOutline): string {
  const first = outer[0] ?? firstBrackets[0] ?? ''
  if (first !== 'with')
    return first === 'union' || first === 'except' || first === 'intersect' ? 'select' : first
  return outer.find((text) => queries.has(text) || changing.has(text)) ?? 'select'
}

function findWrites(sql: string, outline: StatementOutline, verb: string): boolean {
  if ([...outline.cteVerbs].some((text) => changing.has(text))) return true
  if (queries.has(verb)) return isSelectInto(outline, verb)
  if (verb === 'explain') return explainWrites(sql, outline)
  if (verb === 'copy') return outline.outer.includes('from')
  return verb !== '' && !reading.has(verb)
}

function isSelectInto({ outer }: StatementOutline, verb: string): boolean {
  return verb === 'select' && outer.includes('into')
}

const explainOptions: ReadonlySet<string> = new Set(['explain', 'analyze', 'analyse', 'verbose'])

/** `EXPLAIN ANALYZE` runs what it explains. */
function explainWrites(sql: string, { outer, offsets, firstBrackets }: StatementOutline): boolean {
  const at = outer.findIndex((text) => !explainOptions.has(text))
  const options = [...outer.slice(0, at), ...firstBrackets]
  if (at === -1 || !options.some((text) => text === 'analyze' || text === 'analyse')) return false
  return describeStatement(sql.slice(offsets[at])).writes
}

/** First words of the commands that have no plan, or only in some forms. */
const planless: ReadonlySet<string> = new Set(
  `abort alter analyze begin call checkpoint close cluster comment commit copy create deallocate discard do drop end
  explain fetch grant import listen load lock move notify prepare reassign refresh reindex release reset revoke
  rollback savepoint security set show start truncate unlisten vacuum`.split(/\s+/),
)

/** A word that is no command at all (a slip, or one newer than this list) is for the server to judge. */
function isExplainable({ outer }: StatementOutline, verb: string): boolean {
  if (!planless.has(verb)) return verb !== ''
  if (verb === 'refresh') return outer[1] === 'materialized'
  return verb === 'create' && isCreateAs(outer)
}

function isCreateAs(outer: readonly string[]): boolean {
  const object = outer.find((text) => text === 'table' || text === 'materialized' || isOtherObject.has(text))
  return (
    (object === 'table' || object === 'materialized') && outer.includes('as') && !outer.includes('generated')
  )
}

const isOtherObject: ReadonlySet<string> = new Set([
  'view',
  'function',
  'procedure',
  'rule',
  'index',
  'type',
  'cast',
])

const modifiers: ReadonlySet<string> = new Set([
  'or',
  'replace',
  'unique',
  'temp',
  'temporary',
  'unlogged',
  'global',
  'local',
  'recursive',
  'trusted',
  'procedural',
  'constraint',
])
const twoWords: ReadonlySet<string> = new Set(['create', 'alter', 'drop', 'refresh', 'comment', 'security'])
const threeWords: ReadonlySet<string> = new Set([
  'materialized',
  'foreign',
  'event',
  'access',
  'text',
  'user',
])

function nameKind({ outer }: StatementOutline, verb: string): string {
  if (!twoWords.has(verb)) return verb.toUpperCase()
  const words = outer.slice(1).filter((text) => !modifiers.has(text))
  const object = threeWords.has(words[0] ?? '') ? `${words[0]} ${words[1] ?? ''}` : (words[0] ?? '')
  return `${verb} ${object}`.trim().toUpperCase()
}
