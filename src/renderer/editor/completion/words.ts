/**
 * Words that can't be names without quotes.
 *
 * @source PostgreSQL manual, appendix "SQL Key Words": reserved, and reserved (can be function or type)
 */
const reserved = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation ' +
    'column concurrently constraint create cross current_catalog current_date current_role current_schema ' +
    'current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch ' +
    'for foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral ' +
    'leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer ' +
    'overlaps placing primary references returning right select session_user similar some symmetric system_user ' +
    'table tablesample then to trailing true union unique user using variadic verbose when where window with'
  ).split(' '),
)

export function isReserved(word: string): boolean {
  return reserved.has(word)
}

/** How a name must be written: quoted where the server would fold or refuse it. */
export function writeName(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) && !reserved.has(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** What is offered without a server. */
export const basicKeywords = (
  'select from where group by order having limit offset join left right full inner cross outer on using as and or ' +
  'not in exists between like ilike is null true false case when then else end distinct union all intersect except ' +
  'with recursive materialized insert into values update set delete returning merge create table index view ' +
  'materialized temporary unique primary key references drop alter add column explain analyze verbose vacuum ' +
  'lateral asc desc nulls first last partition over window filter cast interval current_date current_timestamp ' +
  'begin rows range fetch for share show reset truncate conflict do nothing default grant revoke call concurrently'
).split(' ')

/** Words that start a statement, the common ones first. */
export const startWords = (
  'select with insert update delete merge values explain create alter drop vacuum analyze truncate reindex refresh ' +
  'show set call table grant revoke comment cluster checkpoint'
).split(' ')

/** What often follows, by clause: lifted above other keywords. */
export const likelyWords: Readonly<Record<string, readonly string[]>> = {
  select: ['from', 'distinct', 'as', 'case', 'filter', 'over', 'into'],
  from: [
    'where',
    'join',
    'left',
    'inner',
    'cross',
    'lateral',
    'group',
    'order',
    'limit',
    'as',
    'on',
    'tablesample',
  ],
  on: ['and', 'or', 'where', 'join', 'left', 'group', 'order', 'limit', 'not', 'is', 'null'],
  where: [
    'and',
    'or',
    'not',
    'in',
    'exists',
    'between',
    'is',
    'null',
    'like',
    'ilike',
    'group',
    'order',
    'limit',
    'any',
  ],
  group: ['by', 'having', 'order', 'limit', 'rollup', 'cube', 'grouping', 'sets'],
  having: ['and', 'or', 'order', 'limit'],
  order: ['by', 'asc', 'desc', 'nulls', 'first', 'last', 'limit', 'offset'],
  limit: ['offset', 'all', 'for'],
  set: ['where', 'from', 'returning', 'default'],
  into: ['values', 'select', 'default', 'on', 'returning'],
  values: ['on', 'returning', 'default', 'null'],
}

/** Types offered after `::` and `as` in a cast. */
export const typeNames = (
  'bigint boolean bytea char date double_precision inet integer interval json jsonb numeric oid point real regclass ' +
  'smallint text time timestamp timestamptz tsquery tsvector uuid varchar xml int4range int8range numrange ' +
  'tstzrange daterange text[] integer[]'
)
  .split(' ')
  .map((name) => name.replace('_', ' '))
