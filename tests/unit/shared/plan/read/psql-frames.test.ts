import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readPlans } from '#shared/plan/index.ts'

/** One plan as psql 15 printed it in every layout: `tests/support/record-psql-frames.ts`. */
const texts = JSON.parse(
  readFileSync(new URL('../../../../fixtures/plans/psql-frames.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>

const read = (text: string): unknown => {
  const reading = readPlans(text)
  if (!reading.ok) return reading.error.message
  return { warnings: reading.warnings, plans: reading.plans.map(({ raw, warnings }) => [raw, warnings]) }
}

/** Padding at a line's end is lost in a frame, where a literal of the text form goes on. */
const withoutPadding = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(/ +\\n/g, String.raw`\n`))

describe.each(['text', 'json', 'yaml', 'xml'])('a plan in %s', (format) => {
  const bare = read(texts[format] ?? '')
  it('is one plan of two nodes, where psql leaves it alone', () => {
    expect(bare).toMatchObject({
      warnings: [],
      plans: [[{ Plan: { 'Node Type': 'Sort', Plans: [{}] } }, []]],
    })
  })

  it.each(Object.keys(texts).filter((name) => name.startsWith(`${format}.`)))('is the same as %s', (name) => {
    expect(withoutPadding(read(texts[name] ?? ''))).toEqual(withoutPadding(bare))
  })
})

describe('where a plan stands', () => {
  it.each([
    ['text.aligned.1.ascii', 3],
    ['json.aligned.2.double', 4],
    ['yaml.aligned.expanded.1.unicode', 2],
    ['xml.html.1.ascii', 7],
  ])('is told by its line: %s', (name, line) => {
    const reading = readPlans(texts[name] ?? '')
    expect(reading.ok && reading.plans[0]?.line).toBe(line)
  })
})
