import type { Workbench } from '#main/router/index.ts'
import { formatPercent } from '#shared/units/index.ts'

/** How long one look at the state may wait for news. */
const waitMs = 1_000

/** Runs `work` and shows meanwhile, to people at a terminal only, how far the demo server's start has come. */
export async function showDemoProgress(
  client: Workbench['client'],
  work: () => Promise<void>,
): Promise<void> {
  if (!process.stderr.isTTY) return work()
  const done = new AbortController()
  const showing = show(client, done.signal)
  try {
    await work()
  } finally {
    done.abort()
    await showing
  }
}

async function show(client: Workbench['client'], signal: AbortSignal): Promise<void> {
  let after = 0
  let hasShown = false
  while (!signal.aborted) {
    const state = await client.workbench.tail({ after, waitMs }, { signal }).catch(() => undefined)
    if (state === undefined) break
    after = state.cursor
    if (state.demo.status !== 'starting') continue
    process.stderr.write(`\r\u001B[K${state.demo.step} … ${formatPercent(state.demo.progress)}`)
    hasShown = true
  }
  if (hasShown) process.stderr.write('\r\u001B[K')
}
