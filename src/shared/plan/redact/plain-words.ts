const listed = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/**
 * Words of SQL that a redacted text keeps. Words that people also name columns with (`name`, `date`, `level`) are left
 * out on purpose: one word of SQL too few is a blemish, one name too many is a leak.
 */
export const keptWords = listed(`
  all analyse analyze and any array as asc asymmetric at between both by case cast check coalesce collate
  commit concurrently conflict constraint create cross cube current_date current_time current_timestamp
  current_user cycle default deferrable delete desc distinct do drop else end escape except excluded execute
  exists explain extract false fetch filter first following for foreign from full group grouping groups
  having ilike in inner insert intersect interval into is isnull join last lateral leading left like limit
  localtime localtimestamp materialized matched merge natural not nothing notnull null nullif nulls of
  offset on only or order ordinality outer over overlaps partition preceding prepare primary range
  recursive references returning right rollback rollup row rows select session_user set sets similar
  skip some symmetric table tablesample then ties to trailing trim true unbounded union unique update
  using values verbose when where window with within without zone
  initplan subplan hashed returns never executed
`)

/** Types that every server knows; they follow a cast. `time` and `timestamp` may run on: `with time zone`. */
export const builtInTypes = listed(`
  bigint bit boolean bool box bpchar bytea char character varying cidr circle date datemultirange daterange
  decimal double precision float float4 float8 inet int int2 int4 int4multirange int4range int8
  int8multirange int8range integer interval json jsonb jsonpath line lseg macaddr macaddr8 money name
  numeric nummultirange numrange oid path pg_lsn point polygon real record regclass regconfig
  regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype smallint smallserial
  serial text tid time timestamp timestamptz timetz tsmultirange tsquery tsrange tstzmultirange tstzrange
  tsvector txid_snapshot unknown uuid varbit varchar void with without xid xid8 xml zone
`)

/** Functions of the server itself that plans often show; any other is somebody's own until proven otherwise. */
export const builtInFunctions = listed(`
  abs age any_value array_agg array_append array_cat array_length array_position array_remove array_to_json
  array_to_string avg bit_and bit_or bool_and bool_or btrim cardinality cbrt ceil ceiling char_length
  clock_timestamp coalesce concat concat_ws convert_from convert_to corr count covar_pop cume_dist currval
  date_bin date_part date_trunc decode dense_rank div encode every exp extract first_value floor format
  gen_random_uuid generate_series generate_subscripts get_bit get_byte greatest grouping hashtext
  host initcap int4range int8range isfinite json_agg json_array_elements json_array_elements_text
  json_array_length json_build_array json_build_object json_each json_each_text json_extract_path
  json_extract_path_text json_object_agg json_object_keys json_populate_record json_to_record
  json_to_recordset json_typeof jsonb_agg jsonb_array_elements jsonb_array_elements_text jsonb_array_length
  jsonb_build_array jsonb_build_object jsonb_each jsonb_each_text jsonb_exists jsonb_extract_path
  jsonb_extract_path_text jsonb_object_agg jsonb_object_keys jsonb_path_exists jsonb_path_query jsonb_set
  jsonb_to_record jsonb_to_recordset jsonb_typeof justify_days lag last_value lastval lead least left length
  ln localtimestamp log lower lower_inc lpad ltrim make_date make_interval make_timestamp make_timestamptz
  max md5 min mod mode now nth_value ntile nullif nextval num_nonnulls num_nulls numrange overlay
  percent_rank percentile_cont percentile_disc pg_sleep plainto_tsquery position power quote_ident
  quote_literal random rank regexp_match regexp_matches regexp_replace regexp_split_to_array
  regexp_split_to_table repeat replace reverse right round row_number row_to_json rpad rtrim setval sign
  similarity split_part sqrt starts_with statement_timestamp stddev stddev_pop stddev_samp string_agg
  string_to_array strpos substr substring sum timeofday timezone to_char to_date to_json to_jsonb to_number
  to_timestamp to_tsquery to_tsvector transaction_timestamp translate trim trunc ts_rank ts_rank_cd tsrange
  tstzrange unnest upper upper_inc var_pop var_samp variance websearch_to_tsquery width_bucket word_similarity
  xmlagg xmlelement
`)
