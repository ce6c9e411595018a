import { MousePointerClick, X } from 'lucide-react'
import { EmptyState, IconButton } from '#renderer/kit/index.ts'
import { inspect, type PanelDefinition, useInspector } from '#renderer/state/index.ts'

/** What is selected in the panel, in full. */
export function Inspector({ panel }: { readonly panel: PanelDefinition | undefined }) {
  const selection = useInspector((store) => store.selection)
  const shown = selection !== undefined && selection.panelId === panel?.id ? selection : undefined
  const Body = panel?.Inspector
  return (
    <aside aria-label="Inspector" className="flex min-h-0 flex-1 flex-col bg-surface-2">
      {shown === undefined || Body === undefined ? (
        <EmptyState icon={MousePointerClick} title="Nothing selected">
          Select something in the panel to see everything that is known of it.
        </EmptyState>
      ) : (
        <>
          <header className="flex items-start gap-2 pt-2.5 pr-2 pb-1.5 pl-3">
            <div className="min-w-0 flex-1 select-text">
              <h2 className="font-semibold break-words">{shown.title}</h2>
              {shown.subtitle !== undefined && (
                <p className="font-mono text-sm break-words text-ink-3">{shown.subtitle}</p>
              )}
            </div>
            <IconButton label="Deselect" icon={X} onClick={() => inspect(undefined)} />
          </header>
          <div className="min-h-0 flex-1 overflow-auto px-3 pb-3">
            <Body />
          </div>
        </>
      )}
    </aside>
  )
}
