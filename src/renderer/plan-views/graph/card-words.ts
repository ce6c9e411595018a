import { type PlanNode, titleOf } from '#shared/plan/index.ts'
import { formatCount } from '#shared/units/index.ts'
import type { Figures } from '../canvas/figures.ts'
import { formatFigure } from '../canvas/format-figure.ts'
import { listNodeMarks, type NodeMark } from '../canvas/node-marks.ts'
import type { GraphItem, Held } from './graph-model.ts'

/** By misestimate, the figure in the corner says already what the mark would. */
export function marksBeside(node: PlanNode, figures: Figures | undefined): readonly NodeMark[] {
  const marks = listNodeMarks(node)
  return figures?.measure.id === 'misestimate' ? marks.filter(({ kind }) => kind !== 'misestimate') : marks
}

/** The node's own figure in words. */
export function describeOwn(node: PlanNode, figures: Figures | undefined): string {
  if (node.neverExecuted) return 'never executed'
  const figure = figures?.own[node.id]
  if (figures === undefined || figure === undefined || !Number.isFinite(figure)) return ''
  const said = formatFigure(figures.measure.unit, figure)
  const direction = figures.measure.id === 'misestimate' ? node.misestimate?.direction : undefined
  return direction === undefined || direction === 'none' ? said : `${said} ${direction}`
}

/** What a node works on, or by what it does it. */
export function describeTarget(node: PlanNode): string {
  const { target, using } = titleOf(node)
  const parts = [target, using].filter((part) => part !== undefined)
  if (parts.length > 0) return parts.join(' ')
  const telling = node.conditions.find(({ label }) => tellingLabels.has(label))
  return telling === undefined ? '' : telling.texts.join(', ')
}

const tellingLabels: ReadonlySet<string> = new Set([
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'Sort Key',
  'Group Key',
  'Cache Key',
  'Presorted Key',
  'Filter',
])

export function describeHeld(figures: Figures | undefined, held: Held): string {
  const nodes = `${formatCount(held.nodes)} ${held.nodes === 1 ? 'node' : 'nodes'}`
  return held.figure === undefined || figures === undefined
    ? nodes
    : `${nodes} · ${formatFigure(figures.measure.unit, held.figure)}`
}

/** What the members of a group are called. */
export function describeMembers(item: Extract<GraphItem, { kind: 'group' }>): string {
  const count = item.memberIds.length
  const all = count === item.owner.childIds.length
  const noun = /append/i.test(item.owner.nodeType) ? 'member' : 'input'
  return `${formatCount(count)} ${all ? '' : 'more '}${noun}${count === 1 ? '' : 's'}`
}
