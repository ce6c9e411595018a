import type { RawPlan, RawRecord, RawValue } from '#shared/plan/index.ts'

/**
 * Plans as text, for tests: one node a line, children further in.
 *
 *   Gather  ms=10 launched=2
 *     Seq Scan on orders  ms=9 loops=3 rows=100 | {"Filter": "(a > 1)"}
 *     InitPlan 1 (returns $0): Result  ms=1
 *
 * After two spaces come figures (`ms`, `startup`, `rows`, `loops`, `plan`, `planned`, `launched`, `hit`, `read`), after
 * a bar any keys as JSON. Figures left out are those of a node that ran once and gave one row.
 */
export function text(parts: TemplateStringsArray, ...values: readonly unknown[]): string {
  const whole = String.raw({ raw: parts }, ...values)
  const lines = whole.split('\n').filter((line) => line.trim() !== '')
  const margin = Math.min(...lines.map((line) => line.search(/\S/)))
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n')
}

const figureKeys: Readonly<Record<string, string>> = {
  ms: 'Actual Total Time',
  startup: 'Actual Startup Time',
  rows: 'Actual Rows',
  loops: 'Actual Loops',
  plan: 'Plan Rows',
  planned: 'Workers Planned',
  launched: 'Workers Launched',
  hit: 'Shared Hit Blocks',
  read: 'Shared Read Blocks',
}

type MutableNode = Record<string, RawValue> & { 'Node Type': string; Plans: MutableNode[] }

function readLine(line: string): MutableNode {
  const [head = '', json] = line.trim().split(' | ')
  const [, subplan, title = ''] = /^(?:((?:InitPlan|SubPlan|CTE) [^:]+): )?(.*)$/.exec(head) ?? []
  const [name = '', ...figures] = title.split(/\s{2,}/)
  const [, kind = name, target] = /^(.*?) on (\S+)$/.exec(name) ?? []
  const isParallel = kind.startsWith('Parallel ')
  const nodeType = kind.replace(/^Parallel /, '')
  const node: Record<string, RawValue> = { 'Node Type': nodeType, 'Parallel Aware': isParallel }
  if (subplan !== undefined) {
    node['Subplan Name'] = subplan
    node['Parent Relationship'] = subplan.startsWith('SubPlan') ? 'SubPlan' : 'InitPlan'
  }
  if (target !== undefined) node[nodeType === 'CTE Scan' ? 'CTE Name' : 'Relation Name'] = target
  Object.assign(node, {
    'Plan Rows': 1,
    'Actual Startup Time': 0,
    'Actual Total Time': 0,
    'Actual Rows': 1,
    'Actual Loops': 1,
  })
  for (const figure of figures
    .join(' ')
    .split(' ')
    .filter((word) => word !== '')) {
    const [key = '', value = ''] = figure.split('=')
    const name = figureKeys[key]
    if (name === undefined) throw new Error(`no such figure: ${figure}`)
    node[name] = Number(value)
  }
  Object.assign(node, json === undefined ? {} : (JSON.parse(json) as RawRecord))
  return Object.assign(node, { Plans: [] }) as unknown as MutableNode
}

/** Builds the raw plan that a text describes; `beside` is what stands next to the tree. */
export function planOf(notation: string, beside: RawRecord = {}): RawPlan {
  const open: { readonly margin: number; readonly node: MutableNode }[] = []
  let root: MutableNode | undefined
  for (const line of text`${notation}`.split('\n')) {
    const margin = line.search(/\S/)
    const node = readLine(line)
    while (open.length > 0 && (open.at(-1)?.margin ?? 0) >= margin) open.pop()
    const parent = open.at(-1)?.node
    if (parent === undefined) root ??= node
    else {
      node['Parent Relationship'] ??= parent.Plans.length === 0 ? 'Outer' : 'Inner'
      parent.Plans.push(node)
    }
    open.push({ margin, node })
  }
  if (root === undefined) throw new Error('an empty plan')
  return { Plan: root, ...beside }
}
