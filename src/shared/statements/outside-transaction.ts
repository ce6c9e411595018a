import type { StatementOutline } from './outline.ts'

/**
 * Why a statement can't run inside a transaction block; `undefined` if it can, or where that hangs on the object
 * (`REINDEX TABLE` of a partitioned table): then the server says so.
 *
 * @source PostgreSQL: callers of PreventInTransactionBlock
 */
export function outsideTransaction(outline: StatementOutline): string | undefined {
  const { outer, firstBrackets } = outline
  const [verb = '', second = ''] = outer
  const has = (text: string): boolean => outer.includes(text)
  switch (verb) {
    case 'vacuum':
      return 'VACUUM commits after each table.'
    case 'create':
      if (isAnyOf(second, 'database', 'tablespace')) return createsFiles(second)
      if (second === 'subscription') return 'CREATE SUBSCRIPTION makes a replication slot on another server.'
      return has('index') && has('concurrently') ? concurrently('CREATE INDEX') : undefined
    case 'drop':
      if (isAnyOf(second, 'database', 'tablespace')) return createsFiles(second)
      if (second === 'subscription') return 'DROP SUBSCRIPTION drops a replication slot on another server.'
      return second === 'index' && has('concurrently') ? concurrently('DROP INDEX') : undefined
    case 'reindex':
      if (has('concurrently') || firstBrackets.includes('concurrently')) return concurrently('REINDEX')
      return isAnyOf(second, 'database', 'system', 'schema')
        ? `REINDEX ${second.toUpperCase()} commits after each table.`
        : undefined
    case 'alter':
      return alter(outline)
    case 'cluster':
    case 'repack':
      if (has('concurrently') || firstBrackets.includes('concurrently'))
        return concurrently(verb.toUpperCase())
      return namesTable(outer) ? undefined : `${verb.toUpperCase()} without a table commits after each table.`
    case 'discard':
      return second === 'all' ? 'DISCARD ALL resets the whole session.' : undefined
    default:
      return undefined
  }
}

function alter({ outer }: StatementOutline): string | undefined {
  const second = outer[1] ?? ''
  const has = (text: string): boolean => outer.includes(text)
  if (second === 'system') return 'ALTER SYSTEM writes a file of the server, which no rollback undoes.'
  if (second === 'database' && has('set') && has('tablespace')) return createsFiles('database')
  if (second === 'subscription' && (has('refresh') || has('publication'))) {
    return 'ALTER SUBSCRIPTION … PUBLICATION talks to another server.'
  }
  return second === 'table' && has('detach') && has('concurrently')
    ? concurrently('ALTER TABLE … DETACH PARTITION')
    : undefined
}

function concurrently(what: string): string {
  return `${what} CONCURRENTLY works in several transactions of its own.`
}

function createsFiles(object: string): string {
  return `It makes, moves or removes the files of a ${object}, which no rollback undoes.`
}

/** `CLUSTER VERBOSE` names none, `CLUSTER VERBOSE orders` does. */
function namesTable(outer: readonly string[]): boolean {
  return outer.slice(1).some((text) => text !== 'verbose')
}

function isAnyOf(text: string, ...choices: readonly string[]): boolean {
  return choices.includes(text)
}
