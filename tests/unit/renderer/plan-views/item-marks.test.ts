import { describe, expect, it } from 'vitest'
import { buildGraphModel } from '#renderer/plan-views/graph/graph-model.ts'
import { describeHits, findingsByItem, hitsByItem } from '#renderer/plan-views/graph/item-marks.ts'
import { derivePlan, type Finding } from '#shared/plan/index.ts'
import { planOf } from '#tests/unit/shared/plan/plan-notation.ts'

const members = Array.from({ length: 20 }, (_, at) => `  Seq Scan on p_${at}  ms=1`)
const plan = derivePlan(planOf(`Append  ms=30\n${members.join('\n')}`))
const model = (folded: readonly number[] = []) =>
  buildGraphModel(plan, undefined, { collapsed: new Set(folded), openGroups: new Set(), selectedId: 0 })

const finding = (nodeId: number | undefined, severity: Finding['severity'], title: string): Finding => ({
  rule: 'filter-throws-away',
  title,
  severity,
  nodeId,
  relatedNodeIds: [],
  timeAtStakeMs: undefined,
  shareAtStake: undefined,
  exactness: 'exact',
  evidence: [],
  why: '',
  advice: [],
  verify: '',
  notWhen: '',
})

describe('what is marked on the cards of a graph', () => {
  it('says of a closed group how many of the search’s nodes it holds', () => {
    const grouped = model()
    const at = grouped.items.findIndex(({ kind }) => kind === 'group')
    const group = grouped.items[at]
    const hits = hitsByItem(grouped, [3, 4, 9])
    expect(hits?.[at]).toBe(3)
    expect(group && describeHits(group, hits?.[at] ?? 0, false)).toBe('3 found inside')
    expect(hitsByItem(grouped, undefined)).toBeUndefined()
  })

  it('counts what a folded node hides, without the node itself', () => {
    const folded = model([0])
    const hits = hitsByItem(folded, [0, 3, 4])
    const [root] = folded.items
    expect(root && describeHits(root, hits?.[0] ?? 0, true)).toBe('2 found inside')
    expect(root && describeHits(root, 1, true)).toBe('')
  })

  it('shows the loudest of several findings, and counts those of nodes that a card holds', () => {
    const found = findingsByItem(model([0]), [
      finding(3, 'info', 'first'),
      finding(0, 'critical', 'second'),
      finding(4, 'warning', 'third'),
      finding(undefined, 'critical', 'of the whole plan'),
    ])
    expect([...found]).toEqual([[0, { severity: 'critical', titles: ['first', 'second', 'third'] }]])
  })
})
