/**
 * A plan of about as many nodes as asked for: joins over the partitions of a table, all run, with times that add up.
 *
 * @returns its JSON, as the server prints it
 */
export function makeLargePlan(nodes: number): string {
  const joins = Math.max(1, Math.floor((nodes - 1) / 3))
  const joinMs = 0.6
  const figures = (ms: number, rows: number) => ({
    'Startup Cost': 0.29,
    'Total Cost': 12.5,
    'Plan Rows': rows,
    'Plan Width': 16,
    'Actual Startup Time': 0.01,
    'Actual Total Time': ms,
    'Actual Rows': rows,
    'Actual Loops': 1,
    'Shared Hit Blocks': 4,
    'Shared Read Blocks': 1,
  })
  return JSON.stringify([
    {
      Plan: {
        'Node Type': 'Append',
        ...figures(joins * joinMs + 1, joins * 3),
        'Shared Hit Blocks': joins * 8,
        'Shared Read Blocks': joins * 2,
        Plans: Array.from({ length: joins }, (_, at) => ({
          'Node Type': 'Nested Loop',
          'Parent Relationship': 'Member',
          'Join Type': 'Inner',
          ...figures(joinMs, 3),
          'Shared Hit Blocks': 8,
          'Shared Read Blocks': 2,
          Plans: [
            {
              'Node Type': 'Seq Scan',
              'Parent Relationship': 'Outer',
              'Relation Name': `orders_${at}`,
              Alias: `o_${at}`,
              Filter: `(customer_id = ${at})`,
              ...figures(0.3, 3),
            },
            {
              'Node Type': 'Index Scan',
              'Parent Relationship': 'Inner',
              'Relation Name': `lines_${at}`,
              Alias: `l_${at}`,
              'Index Name': `lines_${at}_pkey`,
              'Index Cond': `(order_id = o_${at}.id)`,
              ...figures(0.2, 3),
            },
          ],
        })),
      },
      'Planning Time': 20,
      'Execution Time': joins * joinMs + 2,
    },
  ])
}
