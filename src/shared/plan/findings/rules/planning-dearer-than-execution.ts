import { formatCount, formatDuration } from '#shared/units/index.ts'
import { isWorth } from '../facts.ts'
import type { Advice, Evidence, FindingDraft, Rule, RuleContext } from '../finding.ts'
import { openStatement } from '../sql.ts'
import { readBlocksOf } from '../subtree.ts'

/** A first look at a table costs some milliseconds of catalogue reading in every new session. */
const leastMs = 5
/** Less is told only where planning outweighs the statement many times over. */
const leastMsOutweighing = 3
const outweighing = 5

/**
 * Blocks of the catalogue, at least, that the first plan of a session looks at for each table, to fill its caches:
 * measured 54 to 109, and none or a few for the next plan of the same statement.
 */
const blocksOfFirstLook = 20
/** Longer than a first look takes in memory. */
const longFirstLookMs = 10

/** Longer statements are generated: nobody wants to read them twice. */
const longestShown = 20_000

/** A statement planned once and run twice; one with parameters has to be given them. */
function adviseReuse({ statement }: RuleContext): readonly Advice[] {
  const bare = statement?.trim().replace(/;$/, '') ?? ''
  if (
    bare === '' ||
    bare.length > longestShown ||
    bare.includes(';') ||
    !/^(select|with|insert|update|delete|merge|values)\b/i.test(bare)
  )
    return []
  if (/\$\d/.test(bare)) return []
  return [
    openStatement(
      'See what a reused plan costs: the second EXECUTE has next to no planning time.',
      'Open it prepared',
      `PREPARE again AS ${bare};\nEXPLAIN (ANALYZE) EXECUTE again;\nEXPLAIN (ANALYZE) EXECUTE again;\nDEALLOCATE again;`,
    ),
  ]
}

function find(context: RuleContext): readonly FindingDraft[] {
  const { plan } = context
  const { planningMs, executionMs } = plan
  if (planningMs === undefined || executionMs === undefined) return []
  if (planningMs < (planningMs >= outweighing * executionMs ? leastMsOutweighing : leastMs)) return []
  if (planningMs < executionMs || !isWorth(context, planningMs)) return []
  const relations = plan.nodes.filter(({ relation }) => relation !== undefined).length
  const readBlocks = readBlocksOf(plan.planningBuffers)
  // The first statement of a session: the next one finds the catalogue at hand.
  const looked = plan.planningBuffers?.sharedHitBlocks ?? 0
  if (planningMs < longFirstLookMs && looked >= blocksOfFirstLook * Math.max(1, relations)) return []
  const evidence: readonly Evidence[] = [
    { label: 'Planning', value: formatDuration(planningMs) },
    { label: 'Execution', value: formatDuration(executionMs) },
    { label: 'Tables in the plan', value: formatCount(relations) },
    ...(readBlocks > 0 ? [{ label: 'Blocks read for planning', value: formatCount(readBlocks) }] : []),
  ]
  const cause =
    readBlocks > 0
      ? 'Planning read catalogue blocks that were not in memory: run it again in the same session before you judge.'
      : relations > 8
        ? `With ${formatCount(relations)} tables or partitions the planner weighs many ways to join or scan them.`
        : 'Planning weighs every index, statistic and view behind the statement.'
  return [
    {
      nodeId: undefined,
      title: `Planning took ${formatDuration(planningMs)}, execution ${formatDuration(executionMs)}`,
      evidence,
      advice: [
        {
          text: `${cause} Prepare the statement once a session and execute it often; after five runs a generic plan is reused without planning.`,
        },
        ...adviseReuse(context),
        ...(relations > 8
          ? [
              {
                text: 'Name the partition key in the condition, so that fewer partitions are planned at all; write joins in a good order and lower join_collapse_limit.',
              },
            ]
          : []),
      ],
      timeAtStakeMs: planningMs,
      exactness: 'exact',
    },
  ]
}

export const planningDearerThanExecution: Rule = {
  id: 'planning-dearer-than-execution',
  name: 'Planning that takes longer than the statement itself',
  why: 'A plan is made for every execution that is not prepared. Where the statement itself is quick, its planning is what the application waits for.',
  verify:
    'Execute the prepared statement six times and look at its Planning Time: it is near zero from the sixth on.',
  notWhen:
    'When the statement runs a few times a day, or when only the first execution of a new connection is slow: then keep connections open.',
  find,
}
