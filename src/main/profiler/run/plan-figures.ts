/** The few figures of a plan that a line in the list of runs shows. */
export interface PlanFigures {
  readonly planningMs?: number
  readonly executionMs?: number
  readonly sharedHitBlocks?: number
  readonly sharedReadBlocks?: number
  readonly tempWrittenBlocks?: number
}

/**
 * Reads totals from EXPLAIN (FORMAT JSON): the root node's counters include those of all nodes below it. Whatever is
 * not there, or not readable, is left out.
 */
export function readPlanFigures(planJson: string): PlanFigures {
  let document: unknown
  try {
    document = JSON.parse(planJson)
  } catch {
    return {}
  }
  const statement = Array.isArray(document) ? (document[0] as unknown) : undefined
  const root = field(statement, 'Plan')
  const figures = {
    planningMs: number(field(statement, 'Planning Time')),
    executionMs: number(field(statement, 'Execution Time')),
    sharedHitBlocks: number(field(root, 'Shared Hit Blocks')),
    sharedReadBlocks: number(field(root, 'Shared Read Blocks')),
    tempWrittenBlocks: number(field(root, 'Temp Written Blocks')),
  }
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined))
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
