import type { CDPSession, Page } from '@playwright/test'

/** A piece of work during which the page's own thread could do nothing else. */
export interface PageTask {
  readonly wallMs: number
  /** What it took of a processor: on a busy machine a task lasts longer than it works. */
  readonly processorMs: number
  /** Functions that were at work, the busiest first, where that was asked for: `ms name url:line`. */
  readonly spentIn: readonly string[]
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly id?: string
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: {
    readonly name?: string
    readonly data?: {
      readonly startTime?: number
      readonly cpuProfile?: { readonly nodes?: readonly ProfileNode[]; readonly samples?: readonly number[] }
      readonly timeDeltas?: readonly number[]
    }
  }
}

interface ProfileNode {
  readonly id: number
  readonly parent?: number
  readonly callFrame: {
    readonly functionName: string
    readonly url?: string
    readonly lineNumber?: number
    readonly columnNumber?: number
  }
}

/** Traces the page while something is done with it: its tasks of at least `leastMs`, in order. */
export async function traceTasks(
  page: Page,
  work: () => Promise<void>,
  { leastMs = 20, profiles = false } = {},
): Promise<readonly PageTask[]> {
  const cdp = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: [
        'disabled-by-default-devtools.timeline',
        'devtools.timeline',
        ...(profiles ? ['disabled-by-default-v8.cpu_profiler'] : []),
      ],
    },
  })
  try {
    await work()
  } finally {
    await endTrace(cdp)
  }
  return findTasks(events, leastMs)
}

async function endTrace(cdp: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => {
    cdp.once('Tracing.tracingComplete', () => resolve())
  })
  await cdp.send('Tracing.end')
  await complete
  await cdp.detach()
}

function findTasks(events: readonly TraceEvent[], leastMs: number): readonly PageTask[] {
  const threads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const samples = readSamples(events)
  return events
    .filter(
      ({ name, ph, pid, tid, dur = 0 }) =>
        name === 'RunTask' && ph === 'X' && threads.has(`${pid} ${tid}`) && dur >= leastMs * 1_000,
    )
    .toSorted((a, b) => a.ts - b.ts)
    .map(({ ts, dur = 0, tdur = 0 }) => ({
      wallMs: dur / 1_000,
      processorMs: tdur / 1_000,
      spentIn: sumSamples(samples.filter(({ at }) => at >= ts && at <= ts + dur)),
    }))
}

interface Sample {
  readonly at: number
  readonly where: string
  readonly took: number
}

function readSamples(events: readonly TraceEvent[]): readonly Sample[] {
  const nodes = new Map<string, ProfileNode>()
  const clocks = new Map<string, number>()
  const samples: Sample[] = []
  for (const event of events) {
    const key = `${event.pid} ${event.id}`
    if (event.name === 'Profile') clocks.set(key, event.args?.data?.startTime ?? event.ts)
    if (event.name !== 'ProfileChunk') continue
    const { cpuProfile, timeDeltas = [] } = event.args?.data ?? {}
    for (const node of cpuProfile?.nodes ?? []) nodes.set(`${key} ${node.id}`, node)
    cpuProfile?.samples?.forEach((id, index) => {
      const took = timeDeltas[index] ?? 0
      const at = (clocks.get(key) ?? 0) + took
      clocks.set(key, at)
      const frame = nodes.get(`${key} ${id}`)?.callFrame
      if (frame === undefined) return
      const { functionName, url = '', lineNumber = 0, columnNumber = 0 } = frame
      samples.push({
        at,
        took,
        where: `${functionName || '(anonymous)'} ${url.split('/').at(-1) ?? ''}:${lineNumber}:${columnNumber}`,
      })
    })
  }
  return samples
}

function sumSamples(samples: readonly Sample[]): readonly string[] {
  const sums = new Map<string, number>()
  for (const { where, took } of samples) sums.set(where, (sums.get(where) ?? 0) + took)
  return [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 12)
    .map(([where, took]) => `${(took / 1_000).toFixed(1)} ${where}`)
}
