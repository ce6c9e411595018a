import type { StatementOutline } from './outline.ts'

const transactionControl: ReadonlySet<string> = new Set([
  'begin',
  'start',
  'commit',
  'end',
  'rollback',
  'abort',
  'savepoint',
  'release',
])

/** Why a statement can't be a run of its own; `undefined` if it can. */
export function refusal({ outer }: StatementOutline): string | undefined {
  const verb = outer[0] ?? ''
  if (transactionControl.has(verb) || (verb === 'prepare' && outer[1] === 'transaction')) {
    return `${verb.toUpperCase()} controls a transaction, and each run has one of its own: choose what becomes of it in the options of the run.`
  }
  if (verb !== 'copy') return undefined
  const at = outer.findIndex((text, index) => index > 0 && (text === 'from' || text === 'to'))
  const end = outer[at + 1]
  if (end === 'stdin')
    return 'COPY FROM STDIN needs data from the client, which a run has not: load it with psql.'
  if (end === 'stdout') {
    return 'COPY TO STDOUT hands its rows to a client program: run the query itself and export its result.'
  }
  return undefined
}
