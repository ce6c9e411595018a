import { type Plan, type PlanNode, titleOf } from '#shared/plan/index.ts'
import { formatCountShort, formatDuration, formatFactor, formatPercent } from '#shared/units/index.ts'
import { fit, paint, type Style, type Terminal } from '../terminal.ts'

const barColumns = 8
/** Deeper levels move no further to the right than this share of the line. */
const deepestIndent = 0.35
/** Shares from which a node is worth a look, and a second one. */
const [noticeable, large] = [0.1, 0.3]
const suspicious = 10

interface Column {
  readonly head: string
  readonly align: 'left' | 'right'
  readonly cells: readonly string[]
  readonly styles: readonly (Style | undefined)[]
}

/** The tree, a node a line: its own time and share, rows × loops, misestimate, blocks, then its name by depth. */
export function formatTree(plan: Plan, terminal: Terminal): string {
  const columns = listColumns(plan)
  const widths = columns.map(({ head, cells }) =>
    cells.reduce((most, cell) => Math.max(most, cell.length), head.length),
  )
  const left = widths.reduce((sum, width) => sum + width + 2, 0)
  const room = Math.max(20, terminal.width - left)
  const pad = (text: string, at: number): string => {
    const width = widths[at] ?? 0
    return columns[at]?.align === 'left' ? text.padEnd(width) : text.padStart(width)
  }
  const head = columns.map(({ head: name }, at) => pad(name, at)).join('  ')
  const names = nameLines(plan, room)
  const lines = plan.nodes.map((node, row) => {
    const cells = columns.map(({ cells: texts, styles }, at) => {
      const text = pad(texts[row] ?? '', at)
      const style = node.neverExecuted ? 'dim' : styles[row]
      return style === undefined ? text : paint(terminal, style, text)
    })
    const name = names[row] ?? ''
    return [...cells, node.neverExecuted ? paint(terminal, 'dim', name) : name].join('  ').trimEnd()
  })
  const title = columns.length === 0 ? 'node' : `${head}  node`
  return [paint(terminal, 'dim', title), ...lines].join('\n')
}

function listColumns(plan: Plan): readonly Column[] {
  const { nodes } = plan
  const wholeMs = Math.max(plan.executionMs ?? 0, plan.totals.treeMs ?? 0)
  const share = (node: PlanNode): number | undefined =>
    node.exclusiveMs === undefined || wholeMs <= 0 ? undefined : Math.min(1, node.exclusiveMs / wholeMs)
  const column = (
    head: string,
    tell: (node: PlanNode) => string,
    align: Column['align'] = 'right',
    style: (node: PlanNode) => Style | undefined = () => undefined,
  ): Column => ({ head, align, cells: nodes.map(tell), styles: nodes.map(style) })

  const time = (node: PlanNode): Style | undefined => {
    const part = share(node) ?? 0
    return part >= large ? 'red' : part >= noticeable ? 'yellow' : undefined
  }
  const columns: Column[] = []
  if (plan.timed) {
    columns.push(
      column(
        'own time',
        ({ exclusiveMs, exactness }) => mark(exclusiveMs, exactness.exclusiveMs),
        'right',
        time,
      ),
      column('share', (node) => bar(share(node)), 'left', time),
      column('', (node) => (share(node) === undefined ? '' : formatPercent(share(node) ?? 0))),
    )
  }
  if (plan.analyzed) {
    columns.push(
      column('rows × loops', tellRows),
      column('off', tellMisestimate, 'right', ({ misestimate }) =>
        (misestimate?.factor ?? 1) >= suspicious ? 'yellow' : undefined,
      ),
    )
  } else {
    if (nodes.some(({ planRows }) => planRows !== undefined))
      columns.push(column('rows', ({ planRows }) => optional(planRows, formatCountShort)))
    if (nodes.some(({ totalCost }) => totalCost !== undefined))
      columns.push(column('cost', ({ totalCost }) => optional(totalCost, formatCountShort)))
  }
  if (nodes.some(({ buffersExclusive }) => buffersExclusive !== undefined)) {
    columns.push(
      column('hit', ({ buffersExclusive: blocks }) => optional(blocks?.sharedHitBlocks, formatCountShort)),
      column('read', ({ buffersExclusive: blocks }) => optional(blocks?.sharedReadBlocks, formatCountShort)),
    )
  }
  return columns
}

/** `~` marks what is not exact. */
function mark(ms: number | undefined, exactness: string | undefined): string {
  if (ms === undefined) return ''
  return `${exactness === 'exact' || exactness === undefined ? '' : '~'}${formatDuration(ms)}`
}

function tellRows({ neverExecuted, actualRows, loops }: PlanNode): string {
  if (neverExecuted) return 'never executed'
  if (actualRows === undefined || loops === undefined) return ''
  return `${formatCountShort(actualRows)} × ${formatCountShort(loops)}`
}

/** `12× more`: so many times more rows came than were planned. */
function tellMisestimate({ misestimate }: PlanNode): string {
  if (misestimate === undefined || misestimate.direction === 'none' || misestimate.factor < 1.5) return ''
  return `${formatFactor(misestimate.factor)} ${misestimate.direction === 'under' ? 'more' : 'less'}`
}

function optional(value: number | undefined, format: (value: number) => string): string {
  return value === undefined || value === 0 ? '' : format(value)
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

function bar(share: number | undefined): string {
  if (share === undefined) return ''
  const steps = Math.round(share * barColumns * 8)
  return '█'.repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? '')
}

/** Names behind the lines that lead to them. */
function nameLines(plan: Plan, room: number): readonly string[] {
  const { nodes } = plan
  const most = Math.max(2, Math.floor((room * deepestIndent) / 2))
  /** By depth: a further sibling comes below. */
  const goesOn: boolean[] = []
  return nodes.map((node) => {
    const siblings = node.parentId === undefined ? [] : (nodes[node.parentId]?.childIds ?? [])
    goesOn.length = Math.min(goesOn.length, node.depth)
    goesOn[node.depth] = siblings.at(-1) !== node.id && siblings.length > 0
    let lead = ''
    if (node.depth > most) lead = `${'  '.repeat(most - 1)}(${node.depth}) `
    else if (node.depth > 0) {
      for (let depth = 1; depth < node.depth; depth += 1) lead += goesOn[depth] === true ? '│ ' : '  '
      lead += goesOn[node.depth] === true ? '├ ' : '└ '
    }
    const name =
      node.subplanName === undefined ? titleOf(node).text : `${node.subplanName}: ${titleOf(node).text}`
    return lead + fit(name, Math.max(8, room - lead.length))
  })
}
