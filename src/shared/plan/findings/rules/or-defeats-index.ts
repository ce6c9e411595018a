import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import type { PlanNode } from '../../plan-types.ts'
import { type Condition, columnsOf, listTerms } from '../conditions.ts'
import { isWorth, removalOf, shareOf, termsOf } from '../facts.ts'
import type { Advice, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { type IndexKeys, indexKeys, indexStatement } from '../index-keys.ts'
import { tableOf } from '../partitioned.ts'
import { readUse } from '../scan-filters.ts'
import { findScanLosses, lossEvidence, lossWords, mayLoseRows, type ScanLoss } from '../scan-losses.ts'
import { openStatement } from '../sql.ts'
import { repeatedMs } from '../subtree.ts'

const leastShare = 0.8

/** Pairs compared by a join: fewer are nothing to think about. */
const fewPairs = 10_000

/** A look-up by index takes as long as a scan takes to pass so many rows. */
const lookupRows = 40
const leastLookupShare = 0.5

const orTerm = (loss: ScanLoss): Condition | undefined =>
  loss.filter.uses.flatMap((use) => (use.kind === 'or' && use.usable ? [use.condition] : []))[0]

/** An index for each side of an OR, each once; undefined where a side has none: then the others serve nothing. */
function indexesOfSides(node: PlanNode, parts: readonly Condition[]): readonly IndexKeys[] | undefined {
  const found = new Map<string, IndexKeys>()
  for (const part of parts) {
    const index = indexKeys(listTerms(part).map((term) => readUse(node, term)))
    if (index === undefined) return undefined
    found.set(`${index.method ?? ''} ${index.keys.join()} ${index.where ?? ''}`, index)
  }
  return [...found.values()]
}

function adviseScan(context: RuleContext, loss: ScanLoss, condition: Condition): readonly Advice[] {
  const table = tableOf(context, loss)
  const parts = condition.kind === 'or' ? condition.parts : []
  const isSwitch = parts.some((part) => columnsOf(part).length === 0 && !part.text.includes('SubPlan'))
  if (isSwitch)
    return [
      {
        text: 'The condition is switched off by a parameter. Send the statement without it where it does not apply, or let each run be planned with its own values: SET plan_cache_mode = force_custom_plan.',
      },
    ]
  if (parts.some((part) => part.text.includes('SubPlan')))
    return [
      {
        text: 'Say each side of the OR as a statement of its own and join them with UNION: a subquery in an OR can’t use an index.',
      },
    ]
  const indexes = indexesOfSides(loss.node, parts) ?? []
  const statement = table === undefined ? '' : indexes.map((index) => indexStatement(table, index)).join('\n')
  return [
    {
      ...(statement === '' ? {} : openStatement('', 'Open CREATE INDEX', statement)),
      text:
        indexes.length === 1
          ? 'Index what both sides compare: the server looks each side up in it and adds their bitmaps up (BitmapOr).'
          : 'Index each side: the server can add their bitmaps up (BitmapOr). Every side needs its index, else none is used.',
    },
    {
      text: 'Or say each side as a statement of its own and join them with UNION (UNION ALL where no row can be in both).',
    },
  ]
}

function scanDraft(context: RuleContext, loss: ScanLoss): readonly FindingDraft[] {
  const condition = orTerm(loss)
  if (condition === undefined) return []
  // What a subquery gives is looked up row by row; more than a few are as quickly found by passing all.
  const share =
    loss.figures !== undefined && condition.text.includes('SubPlan')
      ? 1 - (lookupRows * loss.figures.keptRows) / loss.figures.readRows
      : 1
  const atStakeMs = shareOf(loss.atStakeMs, share)
  if (share < leastLookupShare || !isWorth(context, atStakeMs)) return []
  return [
    {
      nodeId: loss.node.id,
      relatedNodeIds: loss.others.map(({ id }) => id),
      title: `OR keeps the scan from an index: it ${lossWords(loss)}`,
      evidence: [{ label: 'OR', value: condition.text, nodeId: loss.node.id }, ...lossEvidence(loss)],
      advice: adviseScan(context, loss, condition),
      timeAtStakeMs: atStakeMs,
    },
  ]
}

const joins: ReadonlySet<string> = new Set(['Nested Loop', 'Hash Join', 'Merge Join'])

/** A join that can only try pairs: it is on an OR, or an OR over both sides' columns filters what it paired. */
function joinDraft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const removed = removalOf(node, 'joinFilter')
  if (removed === undefined || removed.totalRows < fewPairs) return []
  const [term, ...more] = termsOf(node, 'Join Filter')
  if (term?.kind !== 'or' || more.length > 0 || sidesOf(term) < 2) return []
  const lost = 1 - (removed.selectivity ?? 1)
  const isPairing = node.nodeType === 'Nested Loop' && term.parts.some(isJoinTerm)
  const [outer, inner] = context.children(node)
  const innerMs = inner === undefined ? undefined : isPairing ? repeatedMs(context, inner) : inner.inclusiveMs
  const below = isPairing ? innerMs : (outer?.exclusiveMs ?? 0) + (innerMs ?? 0)
  const time = node.exclusiveMs === undefined ? undefined : node.exclusiveMs + (below ?? 0)
  const atStakeMs = shareOf(time, lost)
  if (lost < leastShare || !isWorth(context, atStakeMs)) return []
  const pairs = formatCount(Math.round(removed.totalRows))
  return [
    {
      nodeId: node.id,
      relatedNodeIds: (isPairing ? [inner] : [outer, inner]).flatMap((side) => side?.id ?? []),
      title: isPairing
        ? `OR in a join condition: every pair is tried, ${pairs} of them in vain`
        : `OR over both sides of a join: neither is filtered before, ${pairs} joined rows are thrown away`,
      evidence: [
        { label: 'Join Filter', value: term.text, nodeId: node.id },
        { label: 'Pairs thrown away', value: `${pairs} (${formatPercent(lost)})` },
        ...(time === undefined
          ? []
          : [
              {
                label: isPairing ? 'Own time, with the inner side' : 'Own time, with its sides',
                value: formatDuration(time),
              },
            ]),
      ],
      advice: [
        {
          text: isPairing
            ? 'Join once for each side of the OR and put the results together with UNION: each join then has an equality to hash or look up by.'
            : 'Say each side of the OR as a statement of its own and put the results together with UNION: each is then filtered before it is joined.',
        },
        {
          text: isPairing
            ? 'Where the inner side has an index for each side of the OR, the server can look rows up by a BitmapOr instead.'
            : 'An index for each of the two conditions lets both halves start from few rows.',
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

/** Look-ups of a loop: fewer are quickly done, and one pass over a large table is not. */
const manyLoops = 10_000

/** Joins by hash in place of look-ups still have to read both sides, once for each side of the OR. */
const lookupShare = 0.6

const isJoinedByEach = (term: Condition): boolean =>
  term.kind === 'or' && sidesOf(term) >= 2 && term.parts.every(isJoinTerm)

/** `id = ANY (ARRAY[c.author_id, c.ticket_id])`: since 18 an OR of equalities with one column. */
const isJoinedByAny = (term: Condition): boolean =>
  term.kind === 'comparison' &&
  term.operator === '= ANY' &&
  /^\(?ARRAY\[/.test(term.right.text) &&
  term.right.columns.length >= 2

/** A join on an OR that looks both sides up for each outer row: a hash join can't, and two joins by hash could. */
function lookupDraft(context: RuleContext, node: PlanNode): readonly FindingDraft[] {
  const [, inner] = context.children(node)
  const { loops = 0 } = inner ?? {}
  if (inner === undefined || loops < manyLoops) return []
  const isBitmap = inner.nodeType === 'Bitmap Heap Scan'
  const label = isBitmap ? 'Recheck Cond' : 'Index Cond'
  const [term] = termsOf(inner, label)
  if (term === undefined || !(isBitmap ? isJoinedByEach(term) : isJoinedByAny(term))) return []
  const innerMs = repeatedMs(context, inner)
  const time =
    node.exclusiveMs === undefined || innerMs === undefined ? undefined : node.exclusiveMs + innerMs
  const kept = inner.totalRows ?? 0
  const atStakeMs = shareOf(time, Math.max(lookupShare, 1 - kept / loops))
  if (!isWorth(context, atStakeMs)) return []
  return [
    {
      nodeId: node.id,
      relatedNodeIds: [inner.id],
      title: `OR in a join condition: ${inner.relation ?? 'the inner side'} is looked up ${formatCount(loops)} times, by each side of it`,
      evidence: [
        { label, value: term.text, nodeId: inner.id },
        { label: 'Looked up', value: `${formatCount(loops)} times`, nodeId: inner.id },
        { label: 'Rows that it gave', value: formatCount(Math.round(kept)), nodeId: inner.id },
        ...(time === undefined
          ? []
          : [{ label: 'Own time, with the inner side', value: formatDuration(time) }]),
      ],
      advice: [
        {
          text: 'Join once for each side of the OR and put the results together with UNION: each join has an equality to hash by, and may start from the side that keeps fewer rows.',
        },
      ],
      timeAtStakeMs: atStakeMs,
    },
  ]
}

/** An equality of two columns, alone or first of an AND. */
function isJoinTerm(part: Condition): boolean {
  const first = part.kind === 'and' ? part.parts[0] : part
  return (
    first?.kind === 'comparison' &&
    first.operator === '=' &&
    first.left.columns.length > 0 &&
    first.right.columns.length > 0
  )
}

const sidesOf = (condition: Condition): number =>
  new Set(columnsOf(condition).map(({ qualifier }) => qualifier ?? '')).size

export const orDefeatsIndex: Rule = {
  id: 'or-defeats-index',
  name: 'OR that defeats an index',
  why: 'One index leads to the rows of one side of an OR only; the other side still needs every row. A join on an OR can be neither hashed nor merged.',
  verify:
    'Run the statement again: a BitmapOr over two indexes, or an Append of two index scans, stands in place of the scan; the rows removed are gone.',
  notWhen:
    'The sides of the OR keep much of the table together, or UNION would have to remove many duplicates: that costs more than the scan.',
  concerns: (node) =>
    mayLoseRows(node) ||
    (!node.neverExecuted &&
      (node.nodeType === 'Nested Loop' || (node.rowsRemoved.length > 0 && joins.has(node.nodeType)))),
  find: (context, nodes) => [
    ...findScanLosses(context, nodes, 'or', leastShare).flatMap((loss) => scanDraft(context, loss)),
    ...nodes.filter(({ nodeType }) => joins.has(nodeType)).flatMap((node) => joinDraft(context, node)),
    ...nodes
      .filter(({ nodeType }) => nodeType === 'Nested Loop')
      .flatMap((node) => lookupDraft(context, node)),
  ],
}
