import { describe, expect, it } from 'vitest'
import { buildRawLines } from '#renderer/plan-views/raw/raw-lines.ts'
import { splitIndent } from '#renderer/plan-views/text/indent.ts'
import { buildTextBlocks, foldBlocks, subtreeEnds } from '#renderer/plan-views/text/text-blocks.ts'
import { derivePlan, formatPlanText, type RawPlan } from '#shared/plan/index.ts'
import { planOf } from '../../shared/plan/plan-notation.ts'

const raw = planOf(
  `
  Nested Loop
    Seq Scan on orders | {"Filter": "(a > 1)"}
    InitPlan 1 (returns $0): Result
    Hash
      Limit
  `,
  { 'Execution Time': 3 },
)
const plan = derivePlan(raw)

describe('the text of a plan', () => {
  it('is cut into one block a node, and loses nothing', () => {
    const blocks = buildTextBlocks(raw, plan)
    expect(blocks.map(({ nodeId }) => nodeId)).toEqual([0, 1, 2, 3, 4, undefined])
    expect(blocks.flatMap(({ lines }) => lines).join('\n')).toBe(formatPlanText(raw))
  })

  it('knows which line names the node where a subplan’s name stands above', () => {
    const block = buildTextBlocks(raw, plan)[2]
    expect(block?.lines[block.titleAt]).toContain('Result')
  })

  it('folds a node to its title and says how many nodes that hides', () => {
    const shown = foldBlocks(buildTextBlocks(raw, plan), plan, new Set([3]))
    expect(shown.map(({ nodeId, hiddenNodes }) => [nodeId, hiddenNodes])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 1],
      [undefined, 0],
    ])
    const all = foldBlocks(buildTextBlocks(raw, plan), plan, new Set([0, 3]))
    expect(all.map(({ nodeId, hiddenNodes }) => [nodeId, hiddenNodes])).toEqual([
      [0, 4],
      [undefined, 0],
    ])
    expect(all[0]?.lines).toHaveLength(1)
  })

  it('knows where each subtree ends', () => {
    expect(subtreeEnds(plan)).toEqual([5, 2, 3, 5, 5])
  })

  it('draws no more indent than fits, and says how much is left out', () => {
    expect(splitIndent('  ->  Limit')).toEqual({ indent: '  ', text: '->  Limit', cut: 0 })
    expect(splitIndent(`${' '.repeat(300)}->  Limit`)).toEqual({
      indent: ' '.repeat(160),
      text: '->  Limit',
      cut: 140,
    })
  })
})

describe('the JSON of a plan', () => {
  it('is the whole raw plan, and each line knows its node', () => {
    const lines = buildRawLines(raw)
    const text = lines.map(({ depth, text: line }) => ' '.repeat(depth) + line).join('\n')
    expect(JSON.parse(text)).toEqual(raw)
    const types = lines.filter(({ text: line }) => line.startsWith('"Node Type"'))
    expect(types.map(({ nodeId }) => nodeId)).toEqual([0, 1, 2, 3, 4])
    expect(lines.find(({ text: line }) => line.startsWith('"Execution Time"'))?.nodeId).toBeUndefined()
    expect(lines.find(({ text: line }) => line.startsWith('"Filter"'))?.nodeId).toBe(1)
  })

  it('survives a chain of 5,000 nested nodes', () => {
    let node: RawPlan['Plan'] = { 'Node Type': 'Result' }
    for (let depth = 0; depth < 5_000; depth += 1) node = { 'Node Type': 'Limit', Plans: [node] }
    const ids = buildRawLines({ Plan: node }).map(({ nodeId }) => nodeId ?? 0)
    expect(Math.max(...ids)).toBe(5_000)
  })
})
