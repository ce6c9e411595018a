import { MousePointerClick } from 'lucide-react'
import { EmptyState } from '#renderer/kit/index.ts'
import type { PanelDefinition } from '#renderer/state/index.ts'

/** What is selected in the panel, in full; the panel says what that is. */
export function Inspector({ panel }: { readonly panel: PanelDefinition | undefined }) {
  const Body = panel?.Inspector
  return (
    <section aria-label="Inspector" className="flex min-h-0 flex-1 flex-col bg-surface-2">
      {/* Scrolls, so the keyboard must reach it. */}
      <div
        tabIndex={0}
        className="peer min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2 empty:hidden"
      >
        {Body !== undefined && <Body />}
      </div>
      {/* A panel without a selection draws nothing. */}
      <div className="hidden min-h-0 flex-1 peer-empty:block">
        <EmptyState icon={MousePointerClick} title="Nothing selected">
          Select something in the panel to see everything that is known of it.
        </EmptyState>
      </div>
    </section>
  )
}
