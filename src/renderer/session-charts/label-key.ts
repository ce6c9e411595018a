import { type LoadDimension, noKey } from '#shared/activity/index.ts'

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

/** A key of load as people read it, where nobody has told a better label: `IO · DataFileRead`. */
export function labelOfKey(by: LoadDimension, key: string): string {
  if (key === noKey) return nothing[by]
  return by === 'waitEvent' ? key.replace(':', ' · ') : key
}
