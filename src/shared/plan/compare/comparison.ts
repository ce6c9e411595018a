import type { Milliseconds } from '#shared/units/index.ts'

/** How surely two nodes do the same job: their text says so, most of it does, or only their place does. */
export type Sureness = 'sure' | 'likely' | 'guess'

export type NodeChangeKind =
  | 'type'
  | 'index'
  | 'conditions'
  | 'estimate'
  | 'rows'
  | 'loops'
  | 'workers'
  | 'spill'

/** What is different between the two nodes of a pair, in words that name both sides. */
export interface NodeChange {
  readonly kind: NodeChangeKind
  readonly text: string
}

/** The same job in both plans. Node ids are positions in each plan's own pre-order. */
export interface NodePair {
  readonly beforeId: number
  readonly afterId: number
  readonly sureness: Sureness
  /** True where the plan's shape is another: another kind of node, or another index. */
  readonly reshaped: boolean
  readonly changes: readonly NodeChange[]
  /** After less before, of the node's own time; undefined without times on both sides. */
  readonly exclusiveMsChange: Milliseconds | undefined
}

/** One figure of both statements. */
export interface FigureChange {
  readonly id: 'statement' | 'execution' | 'planning' | 'cost' | 'rows' | 'hit' | 'read' | 'temp' | 'wal'
  readonly label: string
  readonly unit: 'ms' | 'cost' | 'rows' | 'bytes'
  readonly before: number
  readonly after: number
}

export type Verdict = 'faster' | 'slower' | 'same' | 'unknown'

export interface PlanComparison {
  /** In the order of the plan after; pairs are one to one. */
  readonly pairs: readonly NodePair[]
  /** Nodes without a partner, in pre-order. */
  readonly onlyBefore: readonly number[]
  readonly onlyAfter: readonly number[]
  readonly sameShape: boolean
  readonly figures: readonly FigureChange[]
  readonly verdict: Verdict
  /** `3.1× faster: index scan on orders replaced the seq scan; reads 812 → 4 MiB`. */
  readonly verdictLine: string
  /** What to know before the verdict is believed: other rows, a cold cache, one plan only estimated. */
  readonly cautions: readonly string[]
}
