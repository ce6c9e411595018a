import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatPlanText, parsePlanJson, type RawPlan } from '#shared/plan/index.ts'
import { findBreaches } from '#tests/support/plan-laws.ts'

/** Plans by others, beside the checkout; not part of the project. */
const folder = new URL('../../../../../shared/corpora/plans/', import.meta.url)
const isPresent = existsSync(folder)

function* jsonTexts(): Generator<readonly [file: string, text: string]> {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(json|txt)$/.test(file)) continue
    const text = readFileSync(new URL(file, folder), 'utf8')
    if (/^\s*[[{]/.test(text)) yield [file, text]
  }
}

// A file that only looks like JSON at its start.
const foreign: ReadonlySet<string> = new Set(['pev2-tests/from-text-37-plan.txt'])

describe.skipIf(!isPresent)(
  `plans by others${isPresent ? '' : ': skipped, corpora not present'}`,
  { timeout: 60_000 },
  () => {
    it('are read without loss and obey the laws of conservation, or the node that breaks them is flagged', () => {
      const plans: (readonly [string, RawPlan])[] = []
      const refused: string[] = []
      for (const [file, text] of jsonTexts()) {
        const reading = parsePlanJson(text)
        if (reading.ok) for (const plan of reading.plans) plans.push([file, plan])
        else refused.push(file)
      }
      expect(refused.filter((file) => !foreign.has(file))).toEqual([])
      const broken: string[] = []
      let flaggedCount = 0
      for (const [file, plan] of plans) {
        const { breaches, flagged } = findBreaches(plan)
        if (flagged) flaggedCount += 1
        else for (const breach of breaches) broken.push(`${file}: ${breach}`)
      }
      expect(broken).toEqual([])
      // Means of a microsecond over fifteen thousand loops exceed what they were part of, in one plan.
      expect(flaggedCount).toBeLessThanOrEqual(1)
      expect(plans.length).toBeGreaterThan(200)
    })

    it('are written as the server wrote them, where the same tree came in both formats', () => {
      let pairs = 0
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!file.endsWith('.est.json')) continue
        const reading = parsePlanJson(readFileSync(new URL(file, folder), 'utf8'))
        const own = readFileSync(new URL(file.replace(/json$/, 'txt'), folder), 'utf8')
        expect([file, reading.ok && reading.plans.map(formatPlanText).join('\n\n')]).toEqual([
          file,
          own.trim(),
        ])
        pairs += 1
      }
      expect(pairs).toBeGreaterThan(50)
    })
  },
)
