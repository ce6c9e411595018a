/** Names that PostgreSQL gives its own processes in their titles, in the words of `pg_stat_activity.backend_type`. */
const ownTypes: readonly (readonly [title: RegExp, type: string])[] = [
  [/^checkpointer\b/, 'checkpointer'],
  [/^background writer\b/, 'background writer'],
  [/^walwriter\b/, 'walwriter'],
  [/^autovacuum launcher\b/, 'autovacuum launcher'],
  [/^autovacuum worker\b/, 'autovacuum worker'],
  [/^parallel worker\b/, 'parallel worker'],
  [/^io worker\b/, 'io worker'],
  [/^logical replication launcher\b/, 'logical replication launcher'],
  [
    /^logical replication (apply |parallel apply |tablesync |sequencesync )?worker\b/,
    'logical replication worker',
  ],
  [/^archiver\b/, 'archiver'],
  [/^logger\b/, 'logger'],
  [/^stats collector\b/, 'stats collector'],
  [/^startup\b/, 'startup'],
  [/^walreceiver\b/, 'walreceiver'],
  [/^walsender\b/, 'walsender'],
  [/^walsummarizer\b/, 'walsummarizer'],
  [/^slotsync worker\b/, 'slotsync worker'],
]

/** `user database host activity`; the host is `[local]`, or an address with its port. */
const clientTitle = /^\S.* \S+ (\[local\]|\S+\(\d+\))( |$)/

/**
 * What kind of server process a title belongs to, as `pg_stat_activity.backend_type` names it. Processes of extensions
 * are `background worker` together: their titles are free text.
 *
 * @param title the command line of a child of the postmaster
 * @returns `undefined` for a process that has not named itself yet: it still shows the postmaster's command
 * @source src/backend/utils/misc/ps_status.c; titles begin with `postgres: `, and then `cluster_name: ` where one is set
 */
export function serverProcessType(title: string, clusterName = ''): string | undefined {
  const prefix = 'postgres: '
  if (!title.startsWith(prefix)) return undefined
  const named = title.slice(prefix.length)
  const rest =
    clusterName !== '' && named.startsWith(`${clusterName}: `) ? named.slice(clusterName.length + 2) : named
  for (const [pattern, type] of ownTypes) if (pattern.test(rest)) return type
  return clientTitle.test(rest) ? 'client backend' : 'background worker'
}
