import { ChevronRight, Play, SquarePen } from 'lucide-react'
import { Button, CopyButton } from '#renderer/kit/index.ts'
import {
  type Advice,
  type Evidence,
  type Finding,
  type FindingAction,
  type Plan,
  titleOf,
} from '#shared/plan/index.ts'
import { formatDuration, formatPercent } from '#shared/units/index.ts'
import { severityEdge, severityIcons, severityInk } from './severity-look.ts'

export interface FindingCardProps {
  readonly finding: Finding
  readonly plan: Plan
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly onSelectNode: (nodeId: number) => void
  readonly onAction: ((action: FindingAction) => void) | undefined
}

/** What was found: what is wrong and what it may cost in a line; evidence and advice under it. */
export function FindingCard(props: FindingCardProps) {
  const { finding, plan, open, onOpen, onSelectNode } = props
  const node = finding.nodeId === undefined ? undefined : plan.nodes[finding.nodeId]
  const Icon = severityIcons[finding.severity]
  return (
    <article
      className={`rounded-md border border-line-strong border-l-3 bg-surface-1 ${severityEdge[finding.severity]}`}
    >
      <h3>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => {
            if (node !== undefined) onSelectNode(node.id)
            onOpen(!open)
          }}
          className="flex w-full items-start gap-2 rounded-md px-2.5 py-2 text-left hover:bg-surface-2"
        >
          <span className={`mt-0.5 shrink-0 ${severityInk[finding.severity]}`}>
            <Icon size={14} aria-hidden />
            <span className="sr-only">{finding.severity}: </span>
          </span>
          <span className="min-w-0 flex-1">
            <span
              className="line-clamp-4 block font-semibold text-pretty wrap-anywhere"
              title={finding.title}
            >
              {finding.title}
            </span>
            <span className="mt-0.5 flex flex-wrap items-baseline gap-x-2 text-ink-2 text-sm">
              <Stake finding={finding} />
              {node !== undefined && (
                <span className="min-w-0 truncate" title={titleOf(node).text}>
                  {titleOf(node).name} {titleOf(node).target ?? ''}
                </span>
              )}
            </span>
          </span>
          <ChevronRight
            size={14}
            aria-hidden
            className={`mt-0.5 shrink-0 text-ink-3 ${open ? 'rotate-90' : ''}`}
          />
        </button>
      </h3>
      {open && <Details {...props} />}
    </article>
  )
}

/** How much time could go, at most. */
function Stake({ finding }: { readonly finding: Finding }) {
  const { timeAtStakeMs, shareAtStake, exactness, severity } = finding
  if (timeAtStakeMs === undefined)
    return <span title="The plan was not run, or not timed there">time not known</span>
  return (
    <span
      className={`shrink-0 font-semibold ${severityInk[severity]}`}
      title={`${timeAtStakeMs} ms at stake: what could go at most, from exclusive figures${exactness === 'estimated' ? '; an estimate' : ''}`}
    >
      {exactness === 'exact' ? '' : '≈ '}
      {formatDuration(timeAtStakeMs)}
      {shareAtStake !== undefined && ` · ${formatPercent(shareAtStake)}`}
    </span>
  )
}

function Details({ finding, plan, onSelectNode, onAction }: FindingCardProps) {
  return (
    <div className="flex select-text flex-col gap-2.5 px-2.5 pb-2.5 pl-8 text-sm">
      <p className="text-ink-2">{finding.why}</p>
      <dl className="flex flex-col gap-0.5">
        {finding.evidence.map((evidence) => (
          <Proof
            key={`${evidence.label}:${evidence.value}`}
            finding={finding}
            evidence={evidence}
            plan={plan}
            onSelectNode={onSelectNode}
          />
        ))}
      </dl>
      {finding.advice.map((advice) => (
        <AdviceBlock key={advice.text} advice={advice} onAction={onAction} />
      ))}
      <p>
        <span className="text-ink-3">To verify: </span>
        {finding.verify}
      </p>
      <p>
        <span className="text-ink-3">Not when: </span>
        {finding.notWhen}
      </p>
      <Related finding={finding} plan={plan} onSelectNode={onSelectNode} />
    </div>
  )
}

interface ProofProps {
  readonly finding: Finding
  readonly evidence: Evidence
  readonly plan: Plan
  readonly onSelectNode: (nodeId: number) => void
}

function Proof({ finding, evidence, plan, onSelectNode }: ProofProps) {
  const { nodeId } = evidence
  const elsewhere = nodeId === undefined || nodeId === finding.nodeId ? undefined : plan.nodes[nodeId]
  return (
    <div className="flex items-baseline justify-between gap-3">
      <dt className="text-ink-2">
        {elsewhere === undefined ? (
          evidence.label
        ) : (
          <button
            type="button"
            className="text-left underline decoration-line-strong underline-offset-2 hover:text-ink"
            title={titleOf(elsewhere).text}
            onClick={() => onSelectNode(elsewhere.id)}
          >
            {evidence.label}
          </button>
        )}
      </dt>
      <dd className="min-w-0 break-words text-right">{evidence.value}</dd>
    </div>
  )
}

interface AdviceBlockProps {
  readonly advice: Advice
  readonly onAction: ((action: FindingAction) => void) | undefined
}

function AdviceBlock({ advice, onAction }: AdviceBlockProps) {
  const { text, statement, action } = advice
  return (
    <div className="flex flex-col gap-1.5">
      <p>{text}</p>
      {statement !== undefined && (
        <div className="relative">
          <pre className="whitespace-pre-wrap break-words rounded-md bg-surface-0 py-1.5 pr-9 pl-2 font-mono [font-variant-ligatures:none]">
            {statement}
          </pre>
          <span className="absolute top-0.5 right-0.5">
            <CopyButton label="Copy the statement" text={statement} />
          </span>
        </div>
      )}
      {action !== undefined && onAction !== undefined && (
        <span>
          <Button
            icon={action.kind === 'openStatement' ? SquarePen : Play}
            title={describeAction(action)}
            onClick={() => onAction(action)}
          >
            {action.label}
          </Button>
        </span>
      )}
    </div>
  )
}

/** What the button does, and that nothing else happens. */
function describeAction(action: FindingAction): string {
  return action.kind === 'openStatement'
    ? 'Puts the statement into the editor, below the present text. Nothing runs before you run it.'
    : `Runs the same statement again with ${action.name} = ${action.value}, for that run alone.`
}

function Related({
  finding,
  plan,
  onSelectNode,
}: Pick<FindingCardProps, 'finding' | 'plan' | 'onSelectNode'>) {
  const nodes = finding.relatedNodeIds.map((id) => plan.nodes[id]).filter((node) => node !== undefined)
  if (nodes.length === 0) return null
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
      <span className="text-ink-3">Also:</span>
      {nodes.slice(0, mostRelated).map((node) => (
        <button
          key={node.id}
          type="button"
          className="text-ink-2 underline decoration-line-strong underline-offset-2 hover:text-ink"
          title={titleOf(node).text}
          onClick={() => onSelectNode(node.id)}
        >
          {titleOf(node).name} {titleOf(node).target ?? ''}
        </button>
      ))}
      {nodes.length > mostRelated && (
        <span className="text-ink-3">and {nodes.length - mostRelated} more</span>
      )}
    </p>
  )
}

const mostRelated = 8
