import { type Plan, type PlanNode, titleOf } from '#shared/plan/index.ts'

/** The parts of a search: words, and phrases in double quotes; a node has to have them all, in any case. */
export function splitSearch(search: string): readonly string[] {
  return [...search.toLowerCase().matchAll(/"([^"]+)"?|([^\s"]+)/g)]
    .map(([, phrase, word]) => (phrase ?? word ?? '').trim())
    .filter((part) => part !== '')
}

/** Everything about a node that people would look for, in lower case. */
function describe(node: PlanNode): string {
  const names = [
    node.nodeType,
    titleOf(node).text,
    node.schema,
    node.relation,
    node.alias,
    node.index,
    node.cte,
    node.functionName,
    node.subplanName,
    node.parentRelationship,
    node.joinType,
    node.strategy,
    node.operation,
    ...node.conditions.flatMap(({ label, texts }) => [label, ...texts]),
    ...node.output,
  ]
  return names
    .filter((name) => name !== undefined)
    .join('\n')
    .toLowerCase()
}

/** Made once a plan: each key typed into the search reads it anew. */
const described = new WeakMap<Plan, readonly string[]>()

function describeAll(plan: Plan): readonly string[] {
  const known = described.get(plan)
  if (known !== undefined) return known
  const texts = plan.nodes.map(describe)
  described.set(plan, texts)
  return texts
}

/**
 * Nodes that a search finds, in plan order: by node type, relation, index, condition, output; all its words have to be
 * there.
 *
 * @returns `undefined` where nothing is searched for
 */
export function searchPlan(plan: Plan, search: string): readonly number[] | undefined {
  const parts = splitSearch(search)
  if (parts.length === 0) return undefined
  return describeAll(plan).flatMap((text, id) => (parts.every((part) => text.includes(part)) ? [id] : []))
}

/** The match after (or before) a node, round the end; the node's own place counts where it is no match itself. */
export function stepMatch(
  matchIds: readonly number[],
  fromId: number,
  direction: 1 | -1,
): number | undefined {
  return direction === 1
    ? (matchIds.find((id) => id > fromId) ?? matchIds[0])
    : (matchIds.findLast((id) => id < fromId) ?? matchIds.at(-1))
}
