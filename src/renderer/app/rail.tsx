import type { PanelDefinition } from '#renderer/state/index.ts'

export interface RailProps {
  readonly panels: readonly PanelDefinition[]
  readonly activeId: string | undefined
  readonly onSelect: (id: string) => void
  /** Somebody is about to select one: a pointer or the keyboard is on it. */
  readonly onNear: (panel: PanelDefinition) => void
}

export function Rail({ panels, activeId, onSelect, onNear }: RailProps) {
  return (
    <nav aria-label="Panels" className="flex flex-col gap-0.5 border-r border-line bg-surface-1 px-1 py-1.5">
      {panels.map((panel) => {
        const { id, title, icon: Icon } = panel
        return (
          <button
            key={id}
            type="button"
            aria-current={id === activeId ? 'page' : undefined}
            onClick={() => onSelect(id)}
            onPointerEnter={() => onNear(panel)}
            onFocus={() => onNear(panel)}
            className="flex flex-col items-center gap-0.5 rounded-md pt-1.5 pb-1 text-xs text-ink-2 hover:bg-surface-2 hover:text-ink aria-[current=page]:bg-surface-3 aria-[current=page]:text-ink"
          >
            <Icon size={18} strokeWidth={1.6} aria-hidden />
            {title}
          </button>
        )
      })}
    </nav>
  )
}
