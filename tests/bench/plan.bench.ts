import { derivePlan, formatPlanText, judgePlan, readPlans } from '#shared/plan/index.ts'
import type { BenchRow } from './bench-row.ts'
import { buildPlanText } from './big-plan.ts'

/** The median of several runs: others share the machine. */
function median(run: () => void, times: number): number {
  const tookMs = Array.from({ length: times }, () => {
    const startedAtMs = performance.now()
    run()
    return performance.now() - startedAtMs
  }).toSorted((a, b) => a - b)
  return tookMs[Math.floor(times / 2)] ?? 0
}

const budgetsMs: ReadonlyMap<number, number> = new Map([
  [1_000, 15],
  [8_000, 80],
])

/** Parsing, deriving and judging plans of several sizes, and writing them as text. */
export async function bench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const nodeCount of [10, 100, 1_000, 8_000, 10_000]) {
    const text = buildPlanText(nodeCount)
    const tookMs = median(
      () => {
        analyse(text)
      },
      nodeCount < 5_000 ? 41 : 15,
    )
    const budgetMs = budgetsMs.get(nodeCount)
    const size = `${(text.length / 1024 / 1024).toFixed(text.length < 1e5 ? 2 : 1)} MiB`
    rows.push({
      area: 'plan',
      what: `parse, derive and judge ${nodeCount} nodes (JSON, ${size})`,
      figure: `${tookMs.toFixed(1)} ms`,
      ...(budgetMs === undefined ? {} : { budget: `${budgetMs} ms`, holds: tookMs <= budgetMs }),
    })
  }
  const raw = read(buildPlanText(8_000))
  const written = formatPlanText(raw)
  const [writeMs, textMs] = [median(() => void formatPlanText(raw), 9), median(() => analyse(written), 9)]
  return [
    ...rows,
    { area: 'plan', what: 'write 8000 nodes as text', figure: `${writeMs.toFixed(1)} ms` },
    { area: 'plan', what: 'parse, derive and judge 8000 nodes (text)', figure: `${textMs.toFixed(1)} ms` },
  ]
}

function read(text: string) {
  const reading = readPlans(text)
  const found = reading.ok ? reading.plans[0] : undefined
  if (found === undefined) throw new Error('the plan of the bench can’t be read')
  return found.raw
}

/** All that the workbench does before it shows a plan. */
function analyse(text: string): void {
  const raw = read(text)
  judgePlan(derivePlan(raw), raw)
}
