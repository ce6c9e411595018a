/** A server setting that holds for one run alone. */
export interface RunSetting {
  readonly name: string
  /** In the server's own syntax: `64MB`, `off`, `1.1`. */
  readonly value: string
}

/**
 * What a plan can be tried with: settings that change how a statement is planned or carried out and nothing else. Not
 * every version has all of them; the server says so.
 *
 * @source PostgreSQL manual, "Query Planning", "Resource Consumption" and "Run-time Statistics" of versions 14 to 19
 */
export const runSettingNames: readonly string[] = [
  // Memory
  'work_mem',
  'hash_mem_multiplier',
  'maintenance_work_mem',
  'temp_buffers',
  // What is assumed of the machine
  'random_page_cost',
  'seq_page_cost',
  'cpu_tuple_cost',
  'cpu_index_tuple_cost',
  'cpu_operator_cost',
  'effective_cache_size',
  'effective_io_concurrency',
  'maintenance_io_concurrency',
  'io_combine_limit',
  // Parallel workers
  'max_parallel_workers_per_gather',
  'max_parallel_workers',
  'max_parallel_maintenance_workers',
  'parallel_setup_cost',
  'parallel_tuple_cost',
  'parallel_leader_participation',
  'min_parallel_table_scan_size',
  'min_parallel_index_scan_size',
  'debug_parallel_query',
  'force_parallel_mode',
  // Just-in-time compilation
  'jit',
  'jit_above_cost',
  'jit_inline_above_cost',
  'jit_optimize_above_cost',
  // Ways that the planner may go
  'enable_async_append',
  'enable_bitmapscan',
  'enable_distinct_reordering',
  'enable_eager_aggregate',
  'enable_gathermerge',
  'enable_group_by_reordering',
  'enable_hashagg',
  'enable_hashjoin',
  'enable_incremental_sort',
  'enable_indexonlyscan',
  'enable_indexscan',
  'enable_material',
  'enable_memoize',
  'enable_mergejoin',
  'enable_nestloop',
  'enable_parallel_append',
  'enable_parallel_hash',
  'enable_partition_pruning',
  'enable_partitionwise_aggregate',
  'enable_partitionwise_join',
  'enable_presorted_aggregate',
  'enable_self_join_elimination',
  'enable_seqscan',
  'enable_sort',
  'enable_tidscan',
  // How it searches
  'plan_cache_mode',
  'join_collapse_limit',
  'from_collapse_limit',
  'constraint_exclusion',
  'cursor_tuple_fraction',
  'recursive_worktable_factor',
  'geqo',
  'geqo_threshold',
  'geqo_effort',
  'geqo_pool_size',
  'geqo_generations',
  'geqo_selection_bias',
  'geqo_seed',
  // What it measures: for roles that may
  'track_io_timing',
  'track_wal_io_timing',
]

const known: ReadonlySet<string> = new Set(runSettingNames)

/** Why these settings can't be those of a run, in a sentence; `undefined` where they can. */
export function refuseRunSettings(settings: readonly RunSetting[]): string | undefined {
  const names = settings.map(({ name }) => name)
  const others = [...new Set(names.filter((name) => !known.has(name)))]
  if (others.length > 0) {
    const [what, are] = others.length === 1 ? ['The setting', 'is'] : ['The settings', 'are']
    return `${what} ${others.map((name) => `“${name}”`).join(', ')} ${are} none that a run can be tried with.`
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? undefined : `The setting “${twice}” is given twice.`
}
