/** The statement that lets a role see what others do. */
export function mendPrivileges(user: string): string {
  return `GRANT pg_monitor TO "${user.replaceAll('"', '""')}";`
}
