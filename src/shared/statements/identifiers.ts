/**
 * Words that the server quotes when they name something: every keyword of SQL that is not free to be a name.
 * @source PostgreSQL 18, `pg_get_keywords()` where `catcode` is not `U`; ruleutils.c, quote_identifier
 */
const quotedWords: ReadonlySet<string> = new Set(
  `
  all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
  case cast char character check coalesce collate collation column concurrently constraint create cross
  current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
  decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
  freeze from full grant greatest group grouping having ilike in initially inner inout int integer
  intersect interval into is isnull join json json_array json_arrayagg json_exists json_object
  json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading least left
  like limit localtime localtimestamp merge_action national natural nchar none normalize not notnull null
  nullif numeric offset on only or order out outer overlaps overlay placing position precision primary
  real references returning right row select session_user setof similar smallint some substring symmetric
  system_user table tablesample then time timestamp to trailing treat trim true union unique user using
  values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists
  xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
  `
    .trim()
    .split(/\s+/),
)

/** A name as the server writes it in text: in double quotes unless it is plain lower case and no keyword. */
export function quoteIdentifier(name: string): string {
  return isPlain(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** Lower case, digits and underscores, and no keyword: told character by character, since each node of a plan asks. */
function isPlain(name: string): boolean {
  let hasDigit = false
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at)
    if ((code >= 0x61 && code <= 0x7a) || code === 0x5f) continue
    if (at === 0 || code < 0x30 || code > 0x39) return false
    hasDigit = true
  }
  // No keyword has a digit.
  return name !== '' && (hasDigit || !quotedWords.has(name))
}
