import { describe, expect, it } from 'vitest'
import {
  derivePlan,
  formatPlanText,
  type Plan,
  parsePlanJson,
  readPlans,
  titleOf,
} from '#shared/plan/index.ts'
import {
  type CorpusFile,
  type FileReading,
  hasCorpora,
  listCorpusFiles,
  listExpectations,
  readCorpusFile,
} from '#tests/support/plan-corpora.ts'

// Their list counts one node more than arrows; these begin with an arrow themselves.
const rootsWithArrow: ReadonlySet<string> = new Set([
  'pev2-tests/from-text-18-plan.txt',
  'pev2-tests/worker-actual-rows.spec-1.txt',
])

/** Files whose plans break a law where a node is flagged for it, and why the server's own figures do not add up. */
const breakers: Readonly<Record<string, string>> = {
  // Means of a microsecond over thousands of loops exceed what they were part of.
  'format-pairs/tpch-sf0.1-pg15/q3-serial-jit.an.json': 'ms more than it reports itself',
  // One scan of the MERGE reports fewer blocks than what it waits for.
  'pev2-samples/plan_asmany_source.txt': 'more buffers, I/O time or WAL',
  // A LIMIT stops the tree: the Gather Merge is wound up when its parent's clock has stopped already.
  'pev2-samples/plan_parallel_2_source.txt': 'ms more than it reports itself',
  // One process builds the bitmap; its mean is more than the mean of all that wait for it.
  'pev2-tests/05-parallel-child-without-worker.spec-1.txt': 'ms more than it reports itself',
  // A LIMIT stops the reader of a writing CTE, which still runs to its end behind the reader's back.
  // A piece of a plan of PostgreSQL 8, whose SubPlan ran oftener than its parent reports.
  'pev2-tests/from-text-18-plan.txt': 'ms more than it reports itself',
}

/** The files under one name: `q1.est.{txt,json,yaml,xml}`. */
function groupPairs(files: readonly CorpusFile[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const groups = new Map<string, Map<string, string>>()
  for (const { path, text } of files) {
    const found = /^(.*\.est)\.(txt|json|yaml|xml)$/.exec(path)
    if (found === null) continue
    const [, name = '', format = ''] = found
    const group = groups.get(name) ?? new Map<string, string>()
    groups.set(name, group.set(format, text))
  }
  return groups
}

/** The derived tree as text, without two counts that JSON says even where they are zero. */
const dumpPlan = (plan: Plan): string =>
  JSON.stringify(
    // What JSON alone says stands in the raw nodes; what they are called is derived.
    plan.nodes.map((node) => ({
      ...node,
      raw: undefined,
      title: titleOf(node),
      subplansRemoved: node.subplansRemoved || undefined,
    })),
  ).replaceAll('"hash":{"plannedPartitions":0},', '')

describe.skipIf(!hasCorpora)(
  `plans by others${hasCorpora ? '' : ': skipped, corpora not present'}`,
  { timeout: 120_000 },
  () => {
    const files = hasCorpora ? listCorpusFiles() : []
    let readings: readonly FileReading[] | undefined
    const readAll = (): readonly FileReading[] => {
      readings ??= files.map(readCorpusFile)
      return readings
    }

    it('are all read, and nothing of a paste is left out', () => {
      expect(readAll().filter(({ error }) => error !== undefined)).toEqual([])
      const leftOut = readAll().filter(({ warnings }) =>
        warnings.some((warning) => warning.startsWith('Left out')),
      )
      expect(leftOut.map(({ file }) => file.path)).toEqual([])
      expect(files.length).toBeGreaterThan(900)
    })

    it('have as many nodes as their list says', () => {
      const expectations = listExpectations()
      const wrong: string[] = []
      let counted = 0
      for (const { file, plans, nodeCount } of readAll()) {
        const nodes = expectations.get(file.path)?.nodes
        if (typeof nodes !== 'number') continue
        counted += 1
        // The list counts arrows and one root; a file may hold several plans.
        const expected = nodes + plans.length - 1 - (rootsWithArrow.has(file.path) ? 1 : 0)
        if (nodeCount !== expected) wrong.push(`${file.path}: ${nodeCount} nodes, expected ${expected}`)
      }
      expect(wrong).toEqual([])
      expect(counted).toBeGreaterThan(550)
    })

    it('obey the laws of conservation, or the node that breaks them is flagged and we know why', () => {
      expect(
        readAll().flatMap(({ file, breaches }) => breaches.map((breach) => `${file.path}: ${breach}`)),
      ).toEqual([])
      const flagged = readAll().filter((reading) => reading.flagged.length > 0)
      expect(flagged.map(({ file }) => file.path).toSorted()).toEqual(Object.keys(breakers).toSorted())
      for (const reading of flagged) expect(reading.flagged.join(' ')).toContain(breakers[reading.file.path])
    })

    it('are the same raw tree in JSON, YAML and XML, and the same derived tree in text', () => {
      const groups = groupPairs(files)
      for (const [name, group] of groups) {
        const read = (format: string) => {
          const reading = readPlans(group.get(format) ?? '')
          if (!reading.ok) throw new Error(`${name}.${format}: ${reading.error.message}`)
          return reading.plans
        }
        const json = read('json')
        const dumps = JSON.stringify(json.map(({ raw }) => raw))
        expect([name, JSON.stringify(read('yaml').map(({ raw }) => raw))]).toEqual([name, dumps])
        expect([name, JSON.stringify(read('xml').map(({ raw }) => raw))]).toEqual([name, dumps])
        expect([name, read('txt').map(({ raw }) => dumpPlan(derivePlan(raw)))]).toEqual([
          name,
          json.map(({ raw }) => dumpPlan(derivePlan(raw))),
        ])
      }
      expect(groups.size).toBeGreaterThan(60)
    })

    it('are written as the server wrote them, where the same tree came in both formats', () => {
      let pairs = 0
      for (const [name, group] of groupPairs(files)) {
        const reading = parsePlanJson(group.get('json') ?? '')
        expect([name, reading.ok && reading.plans.map(formatPlanText).join('\n\n')]).toEqual([
          name,
          group.get('txt')?.trim(),
        ])
        pairs += 1
      }
      expect(pairs).toBeGreaterThan(50)
    })
  },
)
