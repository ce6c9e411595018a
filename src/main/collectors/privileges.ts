import { quoteIdentifier } from '#main/targets/index.ts'

/** The statement that lets a role see what others do. */
export function mendPrivileges(
  user: string,
  role: 'pg_monitor' | 'pg_read_all_stats' = 'pg_monitor',
): string {
  return `GRANT ${role} TO ${quoteIdentifier(user)};`
}
