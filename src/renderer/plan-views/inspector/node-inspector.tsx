import { DefinitionList } from '#renderer/kit/index.ts'
import type { Plan } from '#shared/plan/index.ts'
import { buildNodeSections } from './node-facts.ts'

interface NodeInspectorProps {
  readonly plan: Plan
  readonly nodeId: number
  readonly blockBytes: number
}

/** Every field of the selected node: derived figures first, then its conditions and what it puts out. */
export function NodeInspector({ plan, nodeId, blockBytes }: NodeInspectorProps) {
  const node = plan.nodes[nodeId]
  if (node === undefined) return null
  const more = [node.title.using, node.title.target].filter((part) => part !== undefined).join(' ')
  return (
    <div className="flex flex-col gap-4 p-3">
      <header>
        <h2 className="font-semibold text-md">
          {node.title.name} <span className="font-normal text-ink-2">{more}</span>
        </h2>
        <p className="font-mono text-ink-3 text-xs">
          node {node.id}
          {node.parallelAware ? ' · parallel aware' : ''}
          {node.neverExecuted ? ' · never executed' : ''}
        </p>
      </header>
      {node.warnings.map((warning) => (
        <p key={warning.code} className="text-sm text-warn">
          {warning.message}
        </p>
      ))}
      {buildNodeSections(plan, node, blockBytes).map((section) => (
        <section key={section.title}>
          <h3 className="mb-1 text-ink-3 text-xs">{section.title}</h3>
          <DefinitionList
            items={section.facts.map(({ label, origin, ...fact }) => ({
              ...fact,
              term: label,
              ...(origin === undefined ? {} : { title: origin }),
            }))}
          />
        </section>
      ))}
      {node.conditions.map((condition) => (
        <TextBlock key={condition.label} label={condition.label} texts={condition.texts} />
      ))}
      {node.output.length > 0 && <TextBlock label="Output" texts={node.output} />}
    </div>
  )
}

function TextBlock({ label, texts }: { readonly label: string; readonly texts: readonly string[] }) {
  return (
    <section>
      <h3 className="mb-1 text-ink-3 text-xs">{label}</h3>
      <code className="block select-text whitespace-pre-wrap break-words rounded-md bg-surface-0 px-2 py-1.5 font-mono text-sm">
        {texts.join('\n')}
      </code>
    </section>
  )
}
