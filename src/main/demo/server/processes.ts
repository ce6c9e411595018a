import { execFile } from 'node:child_process'

/** The standard output of a small system tool; empty where it is missing or fails. */
export function execFileText(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      command,
      [...args],
      { timeout: 5_000, windowsHide: true, env: { ...process.env, LC_ALL: 'C' } },
      (error, stdout) => resolve(error === null ? stdout : ''),
    )
  })
}

/** Asks `probe` again and again until it gives something; `undefined` when the time is over. */
export async function waitFor<T>(
  probe: () => Promise<T | undefined>,
  options: { readonly withinMs: number; readonly everyMs?: number },
): Promise<T | undefined> {
  const endsAtMs = performance.now() + options.withinMs
  for (;;) {
    const found = await probe()
    if (found !== undefined) return found
    if (performance.now() >= endsAtMs) return undefined
    await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 15))
  }
}
