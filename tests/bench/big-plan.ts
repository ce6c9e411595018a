import type { RawPlanNode } from '#shared/plan/index.ts'

/** A scan of one partition as ANALYZE with BUFFERS prints it: some 1.2 KiB of JSON. */
function partition(at: number): RawPlanNode {
  return {
    'Node Type': 'Seq Scan',
    'Parent Relationship': 'Outer',
    'Parallel Aware': false,
    'Async Capable': false,
    'Relation Name': `measurements_${at}`,
    Schema: 'public',
    Alias: `m_${at}`,
    'Startup Cost': 0,
    'Total Cost': 25.88 + at,
    'Plan Rows': 423,
    'Plan Width': 36,
    'Actual Startup Time': 0.004,
    'Actual Total Time': 0.051,
    'Actual Rows': 400.5,
    'Actual Loops': 2,
    Disabled: false,
    Output: [`m_${at}.id`, `m_${at}.taken_at`, `m_${at}.value`],
    Filter: `(m_${at}.value > '${at}'::double precision)`,
    'Rows Removed by Filter': 847,
    'Shared Hit Blocks': 6,
    'Shared Read Blocks': 1,
    'Shared Dirtied Blocks': 0,
    'Shared Written Blocks': 0,
    'Local Hit Blocks': 0,
    'Local Read Blocks': 0,
    'Local Dirtied Blocks': 0,
    'Local Written Blocks': 0,
    'Temp Read Blocks': 0,
    'Temp Written Blocks': 0,
  }
}

/** The JSON of a chain: each node the only child of the one above it. Nobody's plan, but none may break on it. */
export function buildDeepPlanText(nodeCount: number): string {
  const nodes = Array.from({ length: nodeCount }, (_, depth): string => {
    const node = {
      'Node Type': depth === nodeCount - 1 ? 'Result' : 'Materialize',
      'Startup Cost': 0,
      'Total Cost': nodeCount - depth,
      'Plan Rows': 1,
      'Plan Width': 4,
      'Actual Startup Time': 0.001,
      'Actual Total Time': (nodeCount - depth) / 100,
      'Actual Rows': 1,
      'Actual Loops': 1,
    }
    return JSON.stringify(node).slice(0, -1)
  })
  // Put together by hand: a value so deep can't be built or written without deep recursion.
  const chain = `${nodes.join(',"Plans":[')}${'}]'.repeat(nodeCount - 1)}}`
  return `[{"Plan":${chain},"Planning Time":1,"Execution Time":${nodeCount / 100}}]`
}

/**
 * The JSON of a plan of about so many nodes: partition-wise joins, four nodes a partition (join, scan, hash, scan)
 * under one Append.
 */
export function buildPlanText(nodeCount: number): string {
  const members = Array.from({ length: Math.max(1, Math.round((nodeCount - 1) / 4)) }, (_, at) => ({
    ...partition(at),
    'Node Type': 'Hash Join',
    'Join Type': 'Inner',
    'Parent Relationship': 'Member',
    'Hash Cond': `(a_${at}.id = b_${at}.id)`,
    'Actual Total Time': 0.3,
    'Shared Hit Blocks': 13,
    Plans: [
      partition(at),
      { ...partition(at), 'Node Type': 'Hash', 'Actual Total Time': 0.07, Plans: [partition(at)] },
    ],
  }))
  const root = {
    ...partition(0),
    'Node Type': 'Append',
    'Actual Total Time': members.length * 0.35,
    'Actual Loops': 2,
    Plans: members,
  }
  return JSON.stringify(
    [{ Plan: root, 'Planning Time': 40, 'Execution Time': members.length * 0.8 }],
    null,
    2,
  )
}
