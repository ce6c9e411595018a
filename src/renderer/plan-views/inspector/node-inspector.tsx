import { useState } from 'react'
import { CopyButton, DefinitionList } from '#renderer/kit/index.ts'
import { type FindingAction, type PlanNode, titleOf } from '#shared/plan/index.ts'
import type { PlanDocument } from '../document.ts'
import { FindingCard } from '../findings/finding-card.tsx'
import { findingsByNode } from '../findings/finding-marks.tsx'
import { settleChange } from '../folding.ts'
import { useRedactable } from '../redact/index.ts'
import { isDrawnWhole, Marked } from '../search/marked.tsx'
import { changePlanView, usePlanView } from '../view-state.ts'
import { buildNodeSections } from './node-facts.ts'
import { NodeLinks } from './node-links.tsx'
import { listOtherKeys } from './other-keys.ts'
import { WorkerTable } from './worker-table.tsx'

/** A tooltip says no more. */
const titleChars = 1_000

interface PlanInspectorProps {
  readonly document: PlanDocument
  readonly onAction?: ((action: FindingAction) => void) | undefined
}

/** Everything that is known of the selected node: what was found, figures, conditions, workers, the server's other words. */
export function PlanInspector({ document: given, onAction }: PlanInspectorProps) {
  const document = useRedactable(given)
  const state = usePlanView(document)
  const { plan, blockBytes, findings } = document
  const node = plan.nodes[state.selectedId]
  if (node === undefined) return null
  const select = (selectedId: number) =>
    changePlanView(document.id, settleChange(plan, state, { selectedId }))
  const others = listOtherKeys(
    node.raw,
    node.conditions.map(({ label }) => label),
  )
  return (
    <div className="flex flex-col gap-4 p-3">
      <NodeHead node={node} />
      {findingsByNode(findings)
        .get(node.id)
        ?.map((finding, at) => (
          <NodeFinding
            // Findings of a node never change: their place is who they are.
            // oxlint-disable-next-line react/no-array-index-key
            key={`${node.id}:${at}`}
            document={document}
            finding={finding}
            onSelectNode={select}
            onAction={onAction}
          />
        ))}
      {buildNodeSections(node, blockBytes).map((section) => (
        <section key={section.title}>
          <SectionTitle text={section.title} />
          <DefinitionList
            items={section.facts.map(({ label, origin, ...fact }) => ({
              ...fact,
              term: label,
              ...(origin === undefined ? {} : { title: origin }),
            }))}
          />
        </section>
      ))}
      {node.workers.length > 0 && (
        <section>
          <SectionTitle text="Workers" />
          <WorkerTable node={node} />
        </section>
      )}
      <NodeLinks plan={plan} node={node} onSelect={select} />
      {node.conditions.map((condition) => (
        <TextBlock key={condition.label} label={condition.label} texts={condition.texts} />
      ))}
      {node.output.length > 0 && <TextBlock label="Output" texts={node.output} />}
      {others.length > 0 && (
        <section>
          <SectionTitle text="Other, as the server said" />
          <DefinitionList
            items={others.map(({ key, value }) => ({
              term: key,
              value: <Marked text={value} parts={[]} />,
              title: `${key}: ${value.slice(0, titleChars)}`,
            }))}
          />
        </section>
      )}
    </div>
  )
}

function NodeHead({ node }: { readonly node: PlanNode }) {
  const { name, using, target } = titleOf(node)
  const more = [using, target].filter((part) => part !== undefined).join(' ')
  return (
    <header>
      <h2 className="font-semibold text-md">
        {name} <span className="font-normal text-ink-2">{more}</span>
      </h2>
      <p className="font-mono text-ink-3 text-xs">
        node {node.id}
        {node.parallelAware ? ' · parallel aware' : ''}
        {node.neverExecuted ? ' · never executed' : ''}
      </p>
      {node.warnings.map((warning) => (
        <p key={warning.code} className="mt-1 text-sm text-warn">
          {warning.message}
        </p>
      ))}
    </header>
  )
}

type NodeFindingProps = Pick<Parameters<typeof FindingCard>[0], 'finding' | 'onSelectNode' | 'onAction'> & {
  readonly document: PlanDocument
}

function NodeFinding({ document, ...props }: NodeFindingProps) {
  const [open, setOpen] = useState(false)
  return <FindingCard {...props} plan={document.plan} open={open} onOpen={setOpen} />
}

function SectionTitle({ text }: { readonly text: string }) {
  return <h3 className="mb-1 text-ink-3 text-xs">{text}</h3>
}

function TextBlock({ label, texts }: { readonly label: string; readonly texts: readonly string[] }) {
  const text = texts.join('\n')
  return (
    <section>
      <SectionTitle text={label} />
      <code className="block select-text whitespace-pre-wrap break-words rounded-md bg-surface-0 px-2 py-1.5 font-mono text-sm [font-variant-ligatures:none]">
        <Marked text={text} parts={[]} />
      </code>
      {!isDrawnWhole(text) && <CopyButton wide label="Copy all of it" text={text} />}
    </section>
  )
}
