import type { RawPlan, RawPlanNode } from '#shared/plan/index.ts'

const nameChars = 80
/** As many relations as a name has room for. */
const namedRelations = 3
/** Relations stand near the leaves: looking further than this is not worth a name. */
const lookedAtNodes = 10_000

/** What a plan is called in lists: the statement's first words, else what its root does and over which relations. */
export function namePlan(raw: RawPlan, statement: string | undefined): string {
  const words = statement?.trim().replaceAll(/\s+/g, ' ')
  if (words !== undefined && words !== '') return cut(words)
  const relations = listRelations(raw.Plan)
  const listed = relations.slice(0, namedRelations).join(', ')
  const more = relations.length > namedRelations ? ' …' : ''
  return cut(listed === '' ? raw.Plan['Node Type'] : `${raw.Plan['Node Type']} over ${listed}${more}`)
}

function listRelations(root: RawPlanNode): readonly string[] {
  const relations = new Set<string>()
  const open: RawPlanNode[] = [root]
  for (let at = 0; at < open.length && at < lookedAtNodes && relations.size <= namedRelations; at += 1) {
    const node = open[at]
    if (typeof node?.['Relation Name'] === 'string') relations.add(node['Relation Name'])
    if (Array.isArray(node?.['Plans'])) for (const child of node['Plans'] as RawPlanNode[]) open.push(child)
  }
  return [...relations]
}

const cut = (text: string): string => (text.length <= nameChars ? text : `${text.slice(0, nameChars - 1)}…`)
