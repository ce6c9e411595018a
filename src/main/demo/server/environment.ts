/**
 * What a server sees of our environment: enough to run, and none of the `PG*` variables, names or tokens.
 */
export function serverEnvironment(): Readonly<Record<string, string>> {
  const kept =
    process.platform === 'win32'
      ? ['SystemRoot', 'PATH', 'TEMP', 'TMP', 'USERPROFILE']
      : ['PATH', 'TMPDIR', 'TZ']
  const env: Record<string, string> = { LC_ALL: 'C' }
  for (const name of kept) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}
