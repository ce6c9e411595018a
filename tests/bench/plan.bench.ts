import { derivePlan, formatPlanText, judgePlan, readPlans } from '#shared/plan/index.ts'
import type { BenchRow } from './bench-row.ts'
import { buildDeepPlanText, buildPlanText } from './big-plan.ts'

/** Milliseconds of each step of what the workbench does before it shows a plan. */
interface Steps {
  readonly read: number
  readonly derive: number
  readonly judge: number
  readonly all: number
}

const area = 'plan'
const budgetsMs: ReadonlyMap<number, number> = new Map([
  [1_000, 15],
  [8_000, 80],
])

/** So many that a machine that stops for a second does not decide. */
const runs = 61

/** Parsing, deriving and judging plans of several sizes, in JSON and as text, and writing them as text. */
export async function bench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const nodeCount of [10, 100, 1_000, 8_000, 10_000]) {
    const json = buildPlanText(nodeCount)
    const budgetMs = budgetsMs.get(nodeCount)
    rows.push(toRow(`${nodeCount} nodes (JSON, ${sizeOf(json)})`, json, budgetMs))
    // The budget is JSON's; text is held against it all the same.
    const text = formatPlanText(read(json))
    rows.push(toRow(`${nodeCount} nodes (text, ${sizeOf(text)})`, text, budgetMs))
  }
  const deep = buildDeepPlanText(5_000)
  rows.push(toRow(`a chain 5000 nodes deep (JSON, ${sizeOf(deep)})`, deep))
  const raw = read(buildPlanText(8_000))
  const writeMs = medianOf(Array.from({ length: 9 }, () => timed(() => formatPlanText(raw))))
  rows.push({ area, what: 'write 8000 nodes as text', figure: `${writeMs.toFixed(1)} ms` })
  return rows
}

function toRow(what: string, text: string, budgetMs?: number): BenchRow {
  const steps = Array.from({ length: runs }, () => analyse(text))
  const step = (name: keyof Steps): number => medianOf(steps.map((one) => one[name]))
  const parts = (['read', 'derive', 'judge'] as const).map((name) => `${name} ${step(name).toFixed(1)}`)
  const allMs = step('all')
  return {
    area,
    what: `parse, derive and judge ${what}`,
    figure: `${allMs.toFixed(1)} ms (${parts.join(', ')})`,
    ...(budgetMs === undefined ? {} : { budget: `${budgetMs} ms`, holds: allMs <= budgetMs }),
  }
}

/** The median: others share the machine. */
function medianOf(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0
}

function timed(run: () => unknown): number {
  const startedAtMs = performance.now()
  run()
  return performance.now() - startedAtMs
}

const sizeOf = (text: string): string =>
  `${(text.length / 1024 / 1024).toFixed(text.length < 1e5 ? 2 : 1)} MiB`

function read(text: string) {
  const reading = readPlans(text)
  const found = reading.ok ? reading.plans[0] : undefined
  if (found === undefined) throw new Error('the plan of the bench can’t be read')
  return found.raw
}

function analyse(text: string): Steps {
  const startedAtMs = performance.now()
  const raw = read(text)
  const readAtMs = performance.now()
  const plan = derivePlan(raw)
  const derivedAtMs = performance.now()
  judgePlan(plan, raw)
  const endedAtMs = performance.now()
  return {
    read: readAtMs - startedAtMs,
    derive: derivedAtMs - readAtMs,
    judge: endedAtMs - derivedAtMs,
    all: endedAtMs - startedAtMs,
  }
}
