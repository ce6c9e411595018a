import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerClient } from '#main/targets/index.ts'

/** Nanoseconds on a processor; a process that has ended meanwhile is told by what was read before. */
function processorMs(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return undefined
  }
}

const readEveryMs = 500

/**
 * Processor time that the server spends on all who watch it, as a share of one core: on every client backend but those
 * of the load and the one that looks.
 */
export async function measureWatchers(control: ServerClient, seconds: number): Promise<number> {
  const first = new Map<number, number>()
  const last = new Map<number, number>()
  const fromMs = performance.now()
  for (let isFirst = true; performance.now() - fromMs < seconds * 1_000; isFirst = false) {
    const { rows } = await control.query(
      `select pid from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()
          and application_name not in ('pgbench', 'idle client')`,
    )
    for (const pid of rows.map(([text]) => Number(text))) {
      const usedMs = processorMs(pid)
      if (usedMs === undefined) continue
      // Who came later has spent all its time meanwhile.
      if (!first.has(pid)) first.set(pid, isFirst ? usedMs : 0)
      last.set(pid, usedMs)
    }
    await sleep(readEveryMs)
  }
  let spentMs = 0
  for (const [pid, usedMs] of last) spentMs += usedMs - (first.get(pid) ?? 0)
  return spentMs / (performance.now() - fromMs)
}
