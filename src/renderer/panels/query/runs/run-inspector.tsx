import { DefinitionList } from '#renderer/kit/index.ts'
import type { Run } from '#shared/session/index.ts'
import { buildRunFacts } from './run-facts.ts'

/** The conditions of a run: where, when, with what settings, holding which locks. */
export function RunInspector({ run }: { readonly run: Run }) {
  return (
    <div className="flex flex-col gap-4 p-3">
      {buildRunFacts(run).map((group) => (
        <section key={group.title}>
          <h3 className="mb-1 text-ink-3 text-xs">{group.title}</h3>
          <DefinitionList
            items={group.facts.map(({ label, value, origin }) => ({
              term: label,
              value,
              ...(origin === undefined ? {} : { title: origin }),
            }))}
          />
        </section>
      ))}
    </div>
  )
}
