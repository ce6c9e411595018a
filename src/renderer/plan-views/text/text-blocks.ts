import { formatPlanLines, type Plan, type RawPlan } from '#shared/plan/index.ts'

/** The lines of one node, or those about the whole statement before and after the tree. */
export interface TextBlock {
  readonly nodeId: number | undefined
  readonly lines: readonly string[]
  /** Which of the lines names the node: the second, where a subplan's name stands above. */
  readonly titleAt: number
}

/** The server's text, cut into blocks in their order. */
export function buildTextBlocks(raw: RawPlan, plan: Plan): readonly TextBlock[] {
  const blocks: { nodeId: number | undefined; lines: string[]; titleAt: number }[] = []
  for (const { text, nodeId } of formatPlanLines(raw)) {
    const last = blocks.at(-1)
    if (last !== undefined && last.nodeId === nodeId) last.lines.push(text)
    else {
      const named = nodeId !== undefined && plan.nodes[nodeId]?.subplanName !== undefined
      blocks.push({ nodeId, lines: [text], titleAt: named ? 1 : 0 })
    }
  }
  return blocks
}

/** A block as it is shown: a folded one keeps its title, and says how many nodes it hides. */
export interface ShownBlock extends TextBlock {
  readonly hiddenNodes: number
}

/** The blocks that are not inside a folded node. */
export function foldBlocks(
  blocks: readonly TextBlock[],
  plan: Plan,
  collapsed: ReadonlySet<number>,
): readonly ShownBlock[] {
  if (collapsed.size === 0) return blocks.map((block) => ({ ...block, hiddenNodes: 0 }))
  const ends = subtreeEnds(plan)
  const shown: ShownBlock[] = []
  let hiddenBefore = 0
  for (const block of blocks) {
    const { nodeId } = block
    if (nodeId !== undefined && nodeId < hiddenBefore) continue
    if (nodeId === undefined || !collapsed.has(nodeId) || (plan.nodes[nodeId]?.childIds.length ?? 0) === 0) {
      shown.push({ ...block, hiddenNodes: 0 })
      continue
    }
    hiddenBefore = ends[nodeId] ?? 0
    shown.push({
      ...block,
      lines: block.lines.slice(0, block.titleAt + 1),
      hiddenNodes: hiddenBefore - nodeId - 1,
    })
  }
  return shown
}

/** For each node, the id behind the last one below it. Pre-order makes it a walk from the end. */
export function subtreeEnds(plan: Plan): readonly number[] {
  const ends: number[] = plan.nodes.map(({ id }) => id + 1)
  for (let id = plan.nodes.length - 1; id > 0; id -= 1) {
    const parent = plan.nodes[id]?.parentId
    if (parent !== undefined) ends[parent] = Math.max(ends[parent] ?? 0, ends[id] ?? 0)
  }
  return ends
}
