import type { Milliseconds, Ratio } from '#shared/units/index.ts'
import type { Exactness, Plan, PlanNode } from '../plan-types.ts'
import type { RawPlan } from '../raw.ts'

/** Three, as everywhere on screen. Decided by the time at stake, never by taste (`severity.ts`). */
export type Severity = 'info' | 'warning' | 'critical'

/** A figure that proves a finding, ready to be read. */
export interface Evidence {
  readonly label: string
  /** With its unit, formatted as everywhere else. */
  readonly value: string
  /** The node it was read from; undefined = the finding's own. */
  readonly nodeId?: number
}

/** What the workbench can do about a finding at a click. Nothing runs without the user's own run command. */
export type FindingAction =
  /** Opens a changed statement, or one to prepare the ground (`CREATE INDEX …`, `ANALYZE …`), beside the present one. */
  | { readonly kind: 'openStatement'; readonly label: string; readonly statement: string }
  /** Runs the same statement again with this setting, for that run alone. */
  | { readonly kind: 'runWithSetting'; readonly label: string; readonly name: string; readonly value: string }

/** One thing to try. */
export interface Advice {
  readonly text: string
  /** The statement to run, where there is one; identifiers quoted where needed. */
  readonly statement?: string
  readonly action?: FindingAction
}

/** Something that costs this statement time, with its proof and what to do about it. */
export interface Finding {
  /** Id of the rule: the name of its file in `rules` and of its page in `docs/findings`. */
  readonly rule: string
  /** The node to look at; undefined where the whole statement is meant. */
  readonly nodeId: number | undefined
  /** Other nodes that take part: the one that suffers, further partitions. */
  readonly relatedNodeIds: readonly number[]
  readonly severity: Severity
  /** One line that says what is wrong, with the figure that matters. */
  readonly title: string
  readonly evidence: readonly Evidence[]
  /** Why it costs time, in two sentences at most. */
  readonly why: string
  readonly advice: readonly Advice[]
  /** How to see that it helped. */
  readonly verify: string
  /** When it is wrong to follow it. */
  readonly notWhen: string
  /** How much of the statement's wall clock could go, at most; from exclusive figures. Undefined without times. */
  readonly timeAtStakeMs: Milliseconds | undefined
  /** `timeAtStakeMs` as a share of the statement's time. */
  readonly shareAtStake: Ratio | undefined
  readonly exactness: Exactness
}

/** What a rule says; the rest of a `Finding` follows from it and from the rule (`judge-plan.ts`). */
export interface FindingDraft {
  readonly nodeId: number | undefined
  readonly relatedNodeIds?: readonly number[]
  readonly title: string
  readonly evidence: readonly Evidence[]
  readonly advice: readonly Advice[]
  readonly timeAtStakeMs: Milliseconds | undefined
  readonly exactness?: Exactness
  /** Only where time can't tell: an estimate-only plan, or a risk instead of a cost. */
  readonly severity?: Severity
}

/** Everything a rule may look at. Pure data, computed once a plan. */
export interface RuleContext {
  readonly plan: Plan
  readonly raw: RawPlan
  /** The statement's text, where it is known: from the editor, the log, or the plan's `Query Text`. */
  readonly statement: string | undefined
  /** How long the statement took by the log; undefined where no log told. */
  readonly durationMs: Milliseconds | undefined
  readonly blockBytes: number
  /** The statement's whole time: planning and execution, or the tree's where neither is told; 0 without times. */
  readonly wholeMs: Milliseconds
  readonly parent: (node: PlanNode) => PlanNode | undefined
  readonly children: (node: PlanNode) => readonly PlanNode[]
}

/** One rule, one file, one page. */
export interface Rule {
  readonly id: string
  /** What the rule looks for, in a few words; the heading of its page. */
  readonly name: string
  readonly why: string
  readonly verify: string
  readonly notWhen: string
  /** The types of node that concern the rule, where it is just some: the others are not looked at. */
  readonly nodeTypes?: ReadonlySet<string>
  /** Whether the rule has to look at a node, as far as the node alone tells. Without it no node is looked for. */
  readonly concerns?: (node: PlanNode) => boolean
  /**
   * What it found: nothing on a plan that has no such trouble.
   *
   * @param nodes those that concern it, in the plan's order
   */
  readonly find: (context: RuleContext, nodes: readonly PlanNode[]) => readonly FindingDraft[]
}
