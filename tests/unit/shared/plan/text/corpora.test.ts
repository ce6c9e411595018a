import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { listRawNodes, parsePlanJson, type RawPlan } from '#shared/plan/index.ts'
import { findBreaches } from '#tests/support/plan-laws.ts'
import { isNodeLine, parsePlanText } from '../../../../../src/shared/plan/read/text/parse-text.ts'
import { toLines } from './reading.ts'
import { asTextTells } from './text-law.ts'

/** Plans by others, beside the checkout; not part of the project. */
const folder = new URL('../../../../../../shared/corpora/', import.meta.url)
const isPresent = existsSync(folder)

interface Row {
  readonly path: string
  readonly format: string
  readonly nodes: number | null
}

/** Frames and quotes off, as far as one line tells: reading them is not this folder's matter. */
const bare = (text: string): string =>
  text
    .split('\n')
    .map((line) => (/^\s*["'│║|]/.test(line) ? line.replace(/^\s*["'│║|]|["'│║|]\s*$/g, '') : line))
    .join('\n')

/** All plans of a text, one behind the other. */
function readAll(text: string): { readonly plans: RawPlan[]; readonly problems: string[] } {
  const lines = toLines(bare(text))
  const plans: RawPlan[] = []
  const problems: string[] = []
  let at = lines.findIndex((line) => isNodeLine(line.text) || /^\s*Query Text:/.test(line.text))
  while (at !== -1 && at < lines.length) {
    const reading = parsePlanText(lines, at)
    if (!reading.ok) {
      problems.push(reading.error.message)
      break
    }
    plans.push(reading.raw)
    at = lines.findIndex((line, next) => next >= reading.end && isNodeLine(line.text))
  }
  return { plans, problems }
}

const countNodes = (plans: readonly RawPlan[]): number =>
  plans.reduce((sum, plan) => sum + listRawNodes(plan).length, 0)

// Not the plan that the listing says: text about a JSON plan. Pieces that begin with an arrow were counted once too often.
const otherwise: ReadonlyMap<string, number> = new Map([
  ['plans/pev2-tests/23-serialization-and-planning.spec-2.txt', 0],
  ['plans/pev2-tests/from-text-18-plan.txt', 7],
  ['plans/pev2-tests/worker-actual-rows.spec-1.txt', 1],
])

describe.skipIf(!isPresent)(
  `text plans by others${isPresent ? '' : ': skipped, corpora not present'}`,
  { timeout: 60_000 },
  () => {
    it('are read with all their nodes, and obey the laws of conservation', () => {
      const rows = readFileSync(new URL('plans.jsonl', folder), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Row)
        .filter((row) => row.format === 'text')
      const wrong: string[] = []
      let flagged = 0
      for (const { path, nodes } of rows) {
        const { plans, problems } = readAll(readFileSync(new URL(path, folder), 'utf8'))
        wrong.push(...problems.map((problem) => `${path}: ${problem}`))
        // The listing counts arrows and one root a file.
        const expected = otherwise.get(path) ?? (nodes ?? 0) + plans.length - 1
        if (countNodes(plans) !== expected)
          wrong.push(`${path}: ${countNodes(plans)} nodes, expected ${expected}`)
        for (const plan of plans) {
          const laws = findBreaches(plan)
          if (laws.flagged) flagged += 1
          else wrong.push(...laws.breaches.map((breach) => `${path}: ${breach}`))
          if (JSON.stringify(plan).includes('"Extra Lines"')) wrong.push(`${path}: lines without a place`)
        }
      }
      expect(wrong).toEqual([])
      // Means of a microsecond over many loops, and workers that went on behind a LIMIT.
      expect(flagged).toBeLessThanOrEqual(12)
      expect(rows.length).toBeGreaterThan(400)
    })

    it('are one tree with their JSON, where the same tree came in both formats', () => {
      let pairs = 0
      for (const file of readdirSync(new URL('plans/', folder), { recursive: true, encoding: 'utf8' })) {
        if (!file.endsWith('.est.txt')) continue
        const { plans } = readAll(readFileSync(new URL(`plans/${file}`, folder), 'utf8'))
        const json = parsePlanJson(
          readFileSync(new URL(`plans/${file.replace(/txt$/, 'json')}`, folder), 'utf8'),
        )
        if (!json.ok) throw new Error(json.error.message)
        expect([file, plans.map(asTextTells)]).toEqual([file, json.plans.map(asTextTells)])
        pairs += 1
      }
      expect(pairs).toBeGreaterThan(50)
    })

    it('obey the laws of conservation when they ran', () => {
      const wrong: string[] = []
      let count = 0
      for (const file of readdirSync(new URL('plans/', folder), { recursive: true, encoding: 'utf8' })) {
        if (!/(?:\.an|-analyze)\.txt$/.test(file)) continue
        const { plans } = readAll(readFileSync(new URL(`plans/${file}`, folder), 'utf8'))
        for (const plan of plans) {
          count += 1
          const { breaches, flagged } = findBreaches(plan)
          if (!flagged) wrong.push(...breaches.map((breach) => `${file}: ${breach}`))
        }
      }
      expect(wrong).toEqual([])
      expect(count).toBeGreaterThan(50)
    })
  },
)
