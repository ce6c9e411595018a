import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { derivePlan, formatPlanText, parsePlanJson, type RawPlan } from '#shared/plan/index.ts'
import { findBreaches } from '#tests/support/plan-laws.ts'

const folder = new URL('../../../fixtures/plans/', import.meta.url)
const majors = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

const contents = (major: string, file: string): string =>
  readFileSync(new URL(`${major}/${file}`, folder), 'utf8')
const read = (major: string, file: string): RawPlan => {
  const reading = parsePlanJson(contents(major, file))
  if (!reading.ok) throw new Error(`${major}/${file}: ${reading.error.message}`)
  return reading.plan
}
const filesOf = (major: string, ending: string): readonly string[] =>
  readdirSync(new URL(`${major}/`, folder)).filter((file) => file.endsWith(ending))

describe.each(majors)('recorded plans of %s', (major) => {
  it.each(filesOf(major, '.estimates.json'))('%s is written as the server writes it', (file) => {
    expect(`${formatPlanText(read(major, file))}\n`).toBe(contents(major, file.replace('.json', '.txt')))
  })

  it.each(filesOf(major, '.run.json'))('%s obeys the laws of conservation', (file) => {
    const { breaches, flagged } = findBreaches(read(major, file))
    expect(flagged ? [] : breaches).toEqual([])
  })

  it('tell all buffers of the statement by the nodes’ own', () => {
    for (const file of filesOf(major, '.run.json')) {
      const plan = derivePlan(read(major, file))
      const root = plan.totals.buffers
      const apart = plan.nodes.filter((node) => node.id > 0 && node.chargedTo.length === 0)
      if (root === undefined || apart.length > 0) continue
      const own = plan.nodes.reduce((sum, node) => sum + (node.buffersExclusive?.sharedHitBlocks ?? 0), 0)
      expect([file, own]).toEqual([file, root.sharedHitBlocks])
    }
  })
})
