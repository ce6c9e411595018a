import type { Blocks, Bytes, Milliseconds, Ratio } from '#shared/units/index.ts'
import type { RawPlanNode } from './raw.ts'

/**
 * How far a derived figure can be trusted: `exact` follows from what the server said, `bounded` lies in a known
 * interval (rounded means over many loops), `estimated` is a fair share of something the server does not split.
 */
export type Exactness = 'exact' | 'bounded' | 'estimated'

export interface Interval {
  readonly low: number
  readonly high: number
}

/** Blocks touched; totals over loops and processes, never means. */
export interface BufferBlocks {
  readonly sharedHitBlocks: Blocks
  readonly sharedReadBlocks: Blocks
  readonly sharedDirtiedBlocks: Blocks
  readonly sharedWrittenBlocks: Blocks
  readonly localHitBlocks: Blocks
  readonly localReadBlocks: Blocks
  readonly localDirtiedBlocks: Blocks
  readonly localWrittenBlocks: Blocks
  readonly tempReadBlocks: Blocks
  readonly tempWrittenBlocks: Blocks
}

/** Time spent in I/O, summed over processes: may exceed elapsed. Before 17, `shared` holds local relations too. */
export interface IoTimes {
  readonly sharedReadMs: Milliseconds
  readonly sharedWriteMs: Milliseconds
  readonly localReadMs: Milliseconds
  readonly localWriteMs: Milliseconds
  readonly tempReadMs: Milliseconds
  readonly tempWriteMs: Milliseconds
}

export interface WalUsage {
  readonly walRecords: number
  readonly walFullPageImages: number
  readonly walBytes: Bytes
  readonly walBuffersFull: number
}

/** A line of text that belongs to a node: a condition, a key, a call. Lists (`Sort Key`) have one text an entry. */
export interface NodeText {
  readonly label: string
  readonly texts: readonly string[]
}

/** The node's name in the words of EXPLAIN's text form, in parts and whole. */
export interface NodeTitle {
  /** `Parallel Seq Scan`, `Partial HashAggregate`, `Hash Left Join`. */
  readonly name: string
  /** `using orders_pkey`. */
  readonly using: string | undefined
  /** `on public.orders o`. */
  readonly target: string | undefined
  /** All parts, as the text form joins them. */
  readonly text: string
}

export interface SortFigures {
  readonly method: string | undefined
  readonly spaceBytes: Bytes | undefined
  /** `Memory` or `Disk`. */
  readonly spaceType: string | undefined
}

/** One phase of an incremental sort: groups sorted whole, or only by the keys not yet in order. */
export interface SortGroups {
  readonly kind: 'fullSort' | 'preSorted'
  readonly groupCount: number
  readonly methods: readonly string[]
  readonly peakMemoryBytes: Bytes | undefined
  readonly peakDiskBytes: Bytes | undefined
}

export interface HashFigures {
  readonly buckets: number | undefined
  readonly originalBuckets: number | undefined
  readonly batches: number | undefined
  readonly originalBatches: number | undefined
  readonly plannedPartitions: number | undefined
  readonly peakMemoryBytes: Bytes | undefined
  readonly diskBytes: Bytes | undefined
}

export interface MemoizeFigures {
  readonly hits: number
  readonly misses: number
  readonly evictions: number
  readonly overflows: number
  readonly peakMemoryBytes: Bytes | undefined
}

/** Heap blocks of a bitmap heap scan: `lossy` ones kept no row positions, so every row of theirs is rechecked. */
export interface BitmapFigures {
  readonly exactBlocks: Blocks
  readonly lossyBlocks: Blocks
}

/** What one parallel worker did on a node (needs VERBOSE). */
export interface WorkerFigures {
  readonly workerNumber: number
  readonly loops: number | undefined
  /** Mean rows per loop. */
  readonly actualRows: number | undefined
  /** Time per loop × loops. */
  readonly workMs: Milliseconds | undefined
  readonly buffers: BufferBlocks | undefined
  readonly sort: SortFigures | undefined
}

export type RemovalKind = 'filter' | 'joinFilter' | 'indexRecheck' | 'conflictFilter'

/** Rows a condition threw away. */
export interface RowsRemoved {
  readonly kind: RemovalKind
  /** Mean per loop, as the server rounds it. */
  readonly perLoop: number
  readonly totalRows: number
  readonly totalRowsRange: Interval | undefined
  /** kept / (kept + removed), its interval by `selectivityRange`; undefined when nothing came in. */
  readonly selectivity: Ratio | undefined
  readonly exactness: Exactness
}

/** Actual against planned rows on the same footing; `under`: the planner expected fewer than came. */
export interface Misestimate {
  /** ≥ 1. */
  readonly factor: number
  readonly direction: 'under' | 'over' | 'none'
  readonly exactness: Exactness
}

/** Who pays for a node: its time and buffers are inside the payer's. Shares sum to at most 1. */
export interface Charge {
  readonly nodeId: number
  readonly share: Ratio
}

export interface PlanWarning {
  readonly code: 'negativeExclusive' | 'negativeUsage' | 'negativeUnaccounted'
  /** Undefined where the whole statement is meant. */
  readonly nodeId: number | undefined
  readonly message: string
}

/** Exactness of each derived figure that a node has. */
export interface NodeExactness {
  readonly totalRows: Exactness | undefined
  readonly inclusiveMs: Exactness | undefined
  readonly exclusiveMs: Exactness | undefined
  readonly workMs: Exactness | undefined
  readonly exclusiveWorkMs: Exactness | undefined
  readonly buffersExclusive: Exactness | undefined
}

/** One derived node. Plain data; `undefined` is absent or unknowable. What it is called tells `titleOf`. */
export interface PlanNode {
  /** Position in pre-order, from 0. */
  readonly id: number
  readonly parentId: number | undefined
  readonly depth: number
  readonly childIds: readonly number[]

  /** The node as the server printed it. */
  readonly raw: RawPlanNode
  readonly nodeType: string
  readonly schema: string | undefined
  readonly relation: string | undefined
  readonly alias: string | undefined
  readonly index: string | undefined
  readonly cte: string | undefined
  readonly functionName: string | undefined
  readonly joinType: string | undefined
  readonly strategy: string | undefined
  readonly partialMode: string | undefined
  readonly operation: string | undefined
  readonly scanDirection: string | undefined
  readonly subplanName: string | undefined
  readonly parentRelationship: string | undefined
  readonly parallelAware: boolean
  readonly asyncCapable: boolean
  readonly disabled: boolean

  readonly startupCost: number | undefined
  readonly totalCost: number | undefined
  /** As planned per loop, for a partial node per process. */
  readonly planRows: number | undefined
  readonly planWidthBytes: Bytes | undefined

  readonly neverExecuted: boolean
  /** Summed over processes; 0 for a node that never ran. */
  readonly loops: number | undefined
  /** Processes that took part, 1 outside a Gather. A mean when the Gather ran several times. */
  readonly processes: number | undefined
  /** Mean per loop. */
  readonly actualRows: number | undefined
  readonly totalRows: number | undefined
  readonly totalRowsRange: Interval | undefined
  /** Mean time to the first row of one loop. */
  readonly startupMs: Milliseconds | undefined
  /** Wall clock spent in the node and what is below it. */
  readonly inclusiveMs: Milliseconds | undefined
  readonly inclusiveMsRange: Interval | undefined
  /** The part of the wall clock that is this node's own; sums to the tree's time. */
  readonly exclusiveMs: Milliseconds | undefined
  /** Time × loops: summed over the processes that ran the node. */
  readonly workMs: Milliseconds | undefined
  /** The part of the work that is this node's own. */
  readonly exclusiveWorkMs: Milliseconds | undefined
  /** Whose time and buffers hold this node's: the parent, the user of an InitPlan's value, the readers of a CTE. */
  readonly chargedTo: readonly Charge[]

  readonly misestimate: Misestimate | undefined
  readonly rowsRemoved: readonly RowsRemoved[]

  readonly buffers: BufferBlocks | undefined
  readonly buffersExclusive: BufferBlocks | undefined
  readonly ioTimes: IoTimes | undefined
  readonly ioTimesExclusive: IoTimes | undefined
  readonly wal: WalUsage | undefined
  readonly walExclusive: WalUsage | undefined

  readonly workersPlanned: number | undefined
  readonly workersLaunched: number | undefined
  readonly workers: readonly WorkerFigures[]
  readonly sort: SortFigures | undefined
  readonly sortGroups: readonly SortGroups[]
  readonly hash: HashFigures | undefined
  readonly memoize: MemoizeFigures | undefined
  readonly bitmap: BitmapFigures | undefined
  readonly heapFetches: number | undefined
  readonly indexSearches: number | undefined
  readonly subplansRemoved: number | undefined

  /** Conditions, keys and calls in the server's order, `Output` left out. */
  readonly conditions: readonly NodeText[]
  readonly output: readonly string[]
  readonly exactness: NodeExactness
  readonly warnings: readonly PlanWarning[]
}

export interface PlanTrigger {
  readonly name: string
  readonly constraint: string | undefined
  readonly relation: string | undefined
  readonly calls: number
  readonly timeMs: Milliseconds | undefined
  /** AFTER triggers run behind the tree; BEFORE triggers inside the node that writes. */
  readonly placement: 'outside' | 'inside'
  readonly exactness: Exactness
}

export interface PlanJit {
  readonly functions: number | undefined
  readonly options: readonly { readonly name: string; readonly on: boolean }[]
  readonly generationMs: Milliseconds | undefined
  readonly inliningMs: Milliseconds | undefined
  readonly optimizationMs: Milliseconds | undefined
  readonly emissionMs: Milliseconds | undefined
  readonly totalMs: Milliseconds | undefined
  /** What runs before the tree starts (generation); the other phases run inside the first call of a node. */
  readonly outsideMs: Milliseconds | undefined
}

export interface PlanSerialization {
  readonly timeMs: Milliseconds | undefined
  readonly outputBytes: Bytes | undefined
  readonly format: string | undefined
  readonly buffers: BufferBlocks | undefined
}

export interface PlanSetting {
  readonly name: string
  readonly value: string
}

export type PlanPartKind =
  | 'planning'
  | 'tree'
  | 'apart'
  | 'triggers'
  | 'jit'
  | 'serialization'
  | 'unaccounted'

/** One part of the statement's time; the parts add up to `statementMs`. */
export interface PlanPart {
  readonly kind: PlanPartKind
  readonly ms: Milliseconds
  readonly exactness: Exactness
}

export interface PlanTotals {
  /** Planning and execution, as the server reports them. */
  readonly statementMs: Milliseconds | undefined
  /** The root's inclusive time. */
  readonly treeMs: Milliseconds | undefined
  /** Exclusive times summed; equals `treeMs + apartMs` unless a node is flagged. */
  readonly exclusiveMs: Milliseconds | undefined
  /** Subtrees that no node waits for (a writing CTE that nobody reads runs after the tree, what Citus keeps runs before). */
  readonly apartMs: Milliseconds | undefined
  /** Exclusive work summed: time over all processes. */
  readonly workMs: Milliseconds | undefined
  readonly buffers: BufferBlocks | undefined
}

/** The nodes that matter most by each measure, worst first, at most ten each. */
export interface WorstNodes {
  readonly byExclusiveMs: readonly number[]
  readonly byExclusiveWorkMs: readonly number[]
  readonly byMisestimate: readonly number[]
  readonly byBuffers: readonly number[]
}

export interface Plan {
  /** Pre-order: `nodes[0]` is the root, a parent stands before its children. */
  readonly nodes: readonly PlanNode[]
  /** Run with ANALYZE. */
  readonly analyzed: boolean
  /** Times were measured (not TIMING OFF). */
  readonly timed: boolean
  /** Mean rows have two decimals (PostgreSQL 18 and later). */
  readonly fractionalRows: boolean
  readonly queryText: string | undefined
  /** Text, since 64 bits do not fit a number. */
  readonly queryId: string | undefined
  readonly planningMs: Milliseconds | undefined
  readonly executionMs: Milliseconds | undefined
  readonly planningBuffers: BufferBlocks | undefined
  readonly planningIoTimes: IoTimes | undefined
  readonly planningMemoryUsedBytes: Bytes | undefined
  readonly planningMemoryAllocatedBytes: Bytes | undefined
  readonly triggers: readonly PlanTrigger[]
  readonly jit: PlanJit | undefined
  readonly serialization: PlanSerialization | undefined
  readonly settings: readonly PlanSetting[]
  /** Execution time that nothing above explains: start, stop, sending rows. */
  readonly unaccountedMs: Milliseconds | undefined
  readonly parts: readonly PlanPart[]
  readonly totals: PlanTotals
  readonly worst: WorstNodes
  readonly warnings: readonly PlanWarning[]
}
