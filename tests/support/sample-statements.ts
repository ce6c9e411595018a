import type { StatementDelta, StatementFigures } from '#shared/workload/index.ts'

const nothing: StatementFigures = {
  calls: 0,
  rows: 0,
  executionMs: 0,
  executionSquares: 0,
  sharedHitBlocks: 0,
  sharedReadBlocks: 0,
  sharedDirtiedBlocks: 0,
  sharedWrittenBlocks: 0,
  localReadBlocks: 0,
  localWrittenBlocks: 0,
  tempReadBlocks: 0,
  tempWrittenBlocks: 0,
  readMs: 0,
  writeMs: 0,
  walRecords: 0,
  walBytes: 0,
}

/** Figures of which all that isn't named is zero, and what not every server has is absent. */
export function sampleFigures(figures: Partial<StatementFigures> = {}): StatementFigures {
  return { ...nothing, ...figures }
}

/** Growth of one entry: ada's in the shop, at top level, unless told otherwise. */
export function sampleDelta(
  queryId: string,
  figures: Partial<StatementFigures>,
  entry: Partial<Omit<StatementDelta, 'figures'>> = {},
): StatementDelta {
  return {
    queryId,
    database: 'shop',
    user: 'ada',
    isTopLevel: true,
    ...entry,
    figures: sampleFigures(figures),
  }
}
