import { formatCount } from '#shared/units/index.ts'
import { titleOf } from '../../derive/title.ts'
import type { PlanNode } from '../../plan-types.ts'
import type { FindingDraft, Rule, RuleContext } from '../finding.ts'
import { findScanLosses, lossWords, mayLoseRows, type ScanLoss } from '../scan-losses.ts'

/** What a forbidden node cost before 18. @source PostgreSQL 17, costsize.c, disable_cost */
const disableCost = 1e10

const plainName = (name: string): string => name.replace(/^enable_/, '')

/** Nodes that stand in the plan although they were switched off, or hold such nodes before 18. */
const mayBeForced = ({ disabled, startupCost = 0 }: PlanNode): boolean =>
  disabled || startupCost >= disableCost

/** The planner had no other way. */
function isForced(context: RuleContext, node: PlanNode): boolean {
  if (node.disabled) return true
  return context.children(node).every(({ totalCost = 0 }) => totalCost < disableCost)
}

/** With these off no scan of a table takes an index. */
const indexWays = ['enable_indexscan', 'enable_bitmapscan']

/** A table read whole for few rows, where only settings may keep the planner from an index. */
const leastLostShare = 0.87

/** Scans for few rows, where every way to an index is off. */
function lossesOf(
  context: RuleContext,
  names: readonly string[],
  nodes: readonly PlanNode[],
): readonly ScanLoss[] {
  return indexWays.every((name) => names.includes(name))
    ? findScanLosses(context, nodes.filter(mayLoseRows), 'column', leastLostShare)
    : []
}

function find(context: RuleContext, nodes: readonly PlanNode[]): readonly FindingDraft[] {
  const { plan } = context
  const off = plan.settings.filter(
    ({ name, value }) => name.startsWith('enable_') && /^(?:off|false|no|0)$/.test(value),
  )
  const forced = nodes.filter((node) => mayBeForced(node) && isForced(context, node))
  if (off.length === 0 && forced.length === 0) return []
  const names = off.map(({ name }) => name)
  const losses = lossesOf(context, names, nodes)
  const [loss] = losses
  const first = loss?.node ?? forced[0]
  const atStakeMs = losses.reduce<number | undefined>(
    (sum, one) => (one.atStakeMs === undefined ? sum : (sum ?? 0) + one.atStakeMs),
    undefined,
  )
  return [
    {
      nodeId: first?.id,
      relatedNodeIds: [...forced, ...losses.map(({ node }) => node)].flatMap(({ id }) =>
        id === first?.id ? [] : [id],
      ),
      title:
        off.length > 0
          ? `The planner may not use what ${
              names.length > 2 ? `${formatCount(names.length)} settings` : names.join(' and ')
            } would allow`
          : `${first === undefined ? 'A node' : titleOf(first).text} stands here although it is switched off`,
      evidence: [
        ...off.map(({ name, value }) => ({ label: name, value })),
        ...forced.map((node) => ({
          label: 'Used all the same',
          value: titleOf(node).text,
          nodeId: node.id,
        })),
        ...losses.map((one) => ({ label: 'Scan', value: lossWords(one), nodeId: one.node.id })),
      ],
      advice: [
        ...off.map(({ name }) => ({
          text: `See the plan with ${plainName(name)} allowed.`,
          statement: `RESET ${name};`,
          action: { kind: 'runWithSetting' as const, label: `Run with ${name} = on`, name, value: 'on' },
        })),
        {
          text: 'Find where it was switched off: the session, the role, the database, a function or the server’s file.',
          statement: `SELECT name, setting, source, sourcefile FROM pg_settings WHERE name LIKE 'enable\\_%' AND setting = 'off' AND source <> 'default';`,
        },
      ],
      timeAtStakeMs: atStakeMs,
      ...(atStakeMs === undefined ? { severity: 'info' as const } : {}),
    },
  ]
}

export const settingsDisabledPlanner: Rule = {
  id: 'settings-disabled-planner',
  name: 'Ways of the planner that are switched off',
  why: 'The enable_ settings are for trying what the planner would do otherwise. Left off for good, they make every statement do without, also where that way is the best by far.',
  verify: 'Plan it with the setting on and compare both times.',
  notWhen: 'When it was switched off for this run on purpose, to compare.',
  concerns: (node) => mayBeForced(node) || mayLoseRows(node),
  find,
}
