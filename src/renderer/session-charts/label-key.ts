import { type LoadDimension, noKey } from '#shared/activity/index.ts'
import { condenseStatement } from '#shared/statements/index.ts'

const nothing: Readonly<Record<LoadDimension, string>> = {
  waitClass: 'unknown',
  waitEvent: 'unknown',
  statement: 'no statement',
  user: 'no user',
  database: 'no database',
  application: 'no application name',
  client: 'local socket',
  backendType: 'unknown',
}

/**
 * A key of load as people read it: `IO · DataFileRead`, a statement's text.
 * @param told what the answer calls it, if it has words for it
 */
export function labelOfKey(by: LoadDimension, key: string, told = ''): string {
  if (key === noKey) return nothing[by]
  if (by === 'waitEvent') return key.replace(':', ' · ')
  return told === '' ? key : told
}

/** The same where there is room for a line: a statement in short. */
export function briefLabelOfKey(by: LoadDimension, key: string, told = ''): string {
  const label = labelOfKey(by, key, told)
  return by === 'statement' && told !== '' ? condenseStatement(label) : label
}
