import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  derivePlan,
  type Finding,
  judgePlan,
  type Plan,
  type RawPlan,
  type RawValue,
  readPlans,
} from '#shared/plan/index.ts'
import { rules } from '../../../../../src/shared/plan/findings/rules.ts'

const root = new URL('../../../../../', import.meta.url)
const pages = new URL('docs/findings/', root)
const fixtures = new URL('tests/fixtures/plans/', root)
/** Plans by others, beside the checkout; not part of the project. */
const corpora = new URL('../shared/corpora/plans/', root)
const arePresent = existsSync(corpora)

const namesIn = (folder: URL, ending: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .toSorted()

function* plansIn(folder: URL, matches: RegExp): Generator<readonly [file: string, raw: RawPlan]> {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (!matches.test(file)) continue
    const reading = readPlans(readFileSync(new URL(file, folder), 'utf8'))
    if (reading.ok) for (const { raw } of reading.plans) yield [file, raw]
  }
}

const judge = (raw: RawPlan): readonly [Plan, readonly Finding[]] => {
  const plan = derivePlan(raw)
  return [plan, judgePlan(plan, raw)]
}

/** What is wrong about a finding, whatever it says. */
function findFaults(plan: Plan, finding: Finding): readonly string[] {
  const { nodeId, relatedNodeIds, timeAtStakeMs, severity, evidence, advice, title } = finding
  const faults: string[] = []
  const ids = [nodeId, ...relatedNodeIds, ...evidence.map((entry) => entry.nodeId)]
  if (ids.some((id) => id !== undefined && plan.nodes[id] === undefined))
    faults.push('names a node that is none')
  if (timeAtStakeMs !== undefined && !(timeAtStakeMs >= 0)) faults.push(`has ${timeAtStakeMs} ms at stake`)
  if (evidence.length === 0 || advice.length === 0) faults.push('has no evidence or no advice')
  if (severity === 'critical' && timeAtStakeMs === undefined) faults.push('is critical without a time')
  const texts = [
    title,
    ...evidence.map(({ value }) => value),
    ...advice.flatMap(({ text, statement = '-' }) => [text, statement]),
  ]
  for (const text of texts)
    if (text.trim() === '' || /\bNaN\b|\bundefined\b|Infinity|\[object/.test(text))
      faults.push(`says “${text}”`)
  return faults.map((fault) => `${finding.rule} ${fault}`)
}

const headings = [
  'What it means',
  'How it is found',
  'An example',
  'What to try',
  'How to verify',
  'When not',
]

describe('rules', () => {
  it('have an id in kebab-case that is the name of their file, each once', () => {
    const ids = rules.map(({ id }) => id)
    expect(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)*$/.test(id))).toEqual([])
    expect(ids.toSorted()).toEqual(namesIn(new URL('src/shared/plan/findings/rules/', root), '.ts'))
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length)
  })

  it('have a page each, and each page has its rule', () => {
    const written = namesIn(pages, '.md').filter((name) => name !== 'README')
    expect(written).toEqual(rules.map(({ id }) => id).toSorted())
  })

  it.each(rules.map(({ id, name }) => [id, name] as const))('%s is explained by its page', (id, name) => {
    const page = readFileSync(new URL(`${id}.md`, pages), 'utf8')
    expect(page.split('\n')[0]).toBe(`# ${name}`)
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(headings)
    expect(readFileSync(new URL('README.md', pages), 'utf8')).toContain(`(${id}.md)`)
  })
})

describe('findings', () => {
  const own = [...plansIn(fixtures, /\.(?:run|estimates)\.json$/)]

  it('name nodes that exist, a time that can go, and something to do, on every plan of our own', () => {
    const faults: string[] = []
    let count = 0
    for (const [file, raw] of own) {
      const [plan, findings] = judge(raw)
      count += findings.length
      for (const finding of findings)
        faults.push(...findFaults(plan, finding).map((fault) => `${file}: ${fault}`))
      const whole = plan.totals.statementMs ?? plan.totals.treeMs ?? 0
      for (const { rule, timeAtStakeMs = 0 } of findings)
        if (timeAtStakeMs > whole + 0.1) faults.push(`${file}: ${rule} has more at stake than there is`)
    }
    expect(faults).toEqual([])
    expect(own.length).toBeGreaterThan(100)
    expect(count).toBeGreaterThan(20)
  })

  it('come out of plans that were damaged in any way', () => {
    // A generator of its own, so that a failure comes again: mulberry32.
    let state = 20_261_121
    const random = (below: number): number => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
    }
    const damages: readonly (RawValue | undefined)[] = [
      undefined,
      null,
      -1,
      0,
      0.5,
      1e15,
      '',
      'x',
      '((',
      [],
      {},
      true,
    ]
    const damage = (record: Record<string, RawValue>): void => {
      const keys = Object.keys(record).filter(
        (key) => key !== 'Plans' && key !== 'Node Type' && key !== 'Plan',
      )
      const key = keys[random(keys.length)]
      const value = damages[random(damages.length)]
      if (key === undefined) return
      if (value === undefined) delete record[key]
      else record[key] = value
    }
    const thrown: string[] = []
    for (const [file, raw] of own) {
      for (let round = 0; round < 12; round += 1) {
        const copy = structuredClone(raw) as unknown as Record<string, RawValue>
        const records: Record<string, RawValue>[] = [copy]
        for (const open = [copy['Plan'] as Record<string, RawValue>]; open.length > 0; ) {
          const node = open.pop()
          if (node === undefined) break
          records.push(node)
          if (Array.isArray(node['Plans'])) open.push(...(node['Plans'] as Record<string, RawValue>[]))
        }
        for (let hit = 0; hit < 6; hit += 1) {
          const record = records[random(records.length)]
          if (record !== undefined) damage(record)
        }
        try {
          judge(copy as unknown as RawPlan)
        } catch (error) {
          thrown.push(`${file}, round ${round}: ${error instanceof Error ? error.stack : String(error)}`)
        }
      }
    }
    expect(thrown.slice(0, 3)).toEqual([])
  })

  it('are none on good plans of our own', () => {
    const good =
      /^pg\d+\/(?:a-bitmap|a-cte-that-reads-a-cte|a-full-join|a-hash-join|a-recursive-cte|a-sample|a-subplan|a-writing-cte-that-nobody-reads|an-init-plan-used-deep-below|an-insert-or-update|an-update-of-partitions|partitions-merged|partitions-pruned-at-start|quoted-names)\./
    const alarms = own
      .filter(([file]) => good.test(file))
      .flatMap(([file, raw]) => judge(raw)[1].map(({ rule, title }) => `${file}: ${rule}: ${title}`))
    expect(own.filter(([file]) => good.test(file)).length).toBeGreaterThan(40)
    expect(alarms).toEqual([])
  })

  it('take a plan with thousands of nodes in linear time', () => {
    const scan = (at: number): RawValue => ({
      'Node Type': 'Seq Scan',
      'Parent Relationship': 'Member',
      'Relation Name': `events_${at}`,
      Alias: `events_${at}`,
      'Plan Rows': 100,
      'Actual Total Time': 0.05,
      'Actual Rows': at % 2,
      'Actual Loops': 1,
      Filter: "((date_trunc('month'::text, seen_at) = '2026-01-01'::date) AND (kind = $1))",
      'Rows Removed by Filter': 900,
    })
    const raw = {
      Plan: {
        'Node Type': 'Append',
        'Actual Total Time': 500,
        'Actual Rows': 4_000,
        'Actual Loops': 1,
        Plans: Array.from({ length: 8_000 }, (_, at) => scan(at)),
      },
    }
    const plan = derivePlan(raw)
    judgePlan(plan, raw)
    // The thread's own time: what others do on the machine meanwhile does not count.
    const before = process.threadCpuUsage()
    judgePlan(plan, raw)
    const { user, system } = process.threadCpuUsage(before)
    expect((user + system) / 1_000).toBeLessThan(1_500)
  })
})

/** Plans of others with nothing wrong about them, judged by reading them. */
const goodFiles: ReadonlySet<string> = new Set(
  [
    'losefor-rules/small-seq-scan.json',
    'pev2-samples/plan2_source.json',
    'format-pairs/tpch-sf0.1-pg15/q1.an.json',
    'format-pairs/tpch-sf0.1-pg15/q1.an.txt',
    'format-pairs/tpch-sf0.1-pg15/q4.an.json',
    'format-pairs/tpch-sf0.1-pg15/q5.an.json',
    'format-pairs/tpch-sf0.1-pg15/q5.an.txt',
    'format-pairs/tpch-sf0.1-pg15/q13-serial-jit.an.json',
    'format-pairs/tpch-sf0.1-pg15/q16.an.json',
    'format-pairs/tpch-sf0.1-pg15/q16.an.txt',
    '05-parallel-pg12.spec-3',
    '05-parallel-pg12.spec-7',
    '08-plan-without-cost.spec-1',
    '10-tid-scans.spec-1',
    '12-line-wrapped-plans-01-plan',
    '12-line-wrapped-plans-03-plan',
    '13-query-text.spec-1',
    '18-fractional-rows.spec-1',
    '20-insert-modifytable.spec-1',
    '22-triggers.spec-2',
    'from-text-02-plan',
    'from-text-03-plan',
    'from-text-06-plan',
    'from-text-11-plan',
    'from-text-20-plan',
    'from-text-21-plan',
    'from-text-27-plan',
    'from-text-28-plan',
    'from-text-29-plan',
    'from-text-33-plan',
    'from-text-48-memoize-plan',
  ].map((name) => (name.includes('/') ? name : `pev2-tests/${name}.txt`)),
)

describe.skipIf(!arePresent)(
  `findings on plans by others${arePresent ? '' : ': skipped, corpora not present'}`,
  { timeout: 60_000 },
  () => {
    it('are none on good ones, never throw, and are whole', () => {
      const alarms: string[] = []
      const faults: string[] = []
      const seen = new Set<string>()
      for (const [file, raw] of plansIn(corpora, /^(?!large|.*\.est\.(?:txt|yaml|xml)$).*\.(?:json|txt)$/)) {
        const [plan, findings] = judge(raw)
        for (const finding of findings)
          faults.push(...findFaults(plan, finding).map((fault) => `${file}: ${fault}`))
        if (!goodFiles.has(file)) continue
        seen.add(file)
        alarms.push(...findings.map(({ rule, title }) => `${file}: ${rule}: ${title}`))
      }
      expect(alarms).toEqual([])
      expect(faults).toEqual([])
      expect([...goodFiles].filter((file) => !seen.has(file))).toEqual([])
    })

    it('of plans of empty tables tell of nothing but planning', () => {
      const alarms = [...plansIn(corpora, /-empty-.*\.an\.json$/)].flatMap(([file, raw]) =>
        judge(raw)[1]
          .filter(({ rule }) => rule !== 'planning-dearer-than-execution')
          .map(({ rule, title }) => `${file}: ${rule}: ${title}`),
      )
      expect(alarms).toEqual([])
    })
  },
)
