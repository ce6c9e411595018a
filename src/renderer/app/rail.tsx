import type { PanelDefinition } from '#renderer/state/index.ts'

export interface RailProps {
  readonly panels: readonly PanelDefinition[]
  readonly activeId: string | undefined
  readonly onSelect: (id: string) => void
  /** Somebody is about to select one: a pointer or the keyboard is on it. */
  readonly onNear: (panel: PanelDefinition) => void
}

/** A low window (a zoom of 200 %) has room for the signs alone. */
const lowWords = '[@media(max-height:540px)]:sr-only'

export function Rail({ panels, activeId, onSelect, onNear }: RailProps) {
  return (
    <nav
      aria-label="Panels"
      className="flex min-h-0 flex-col gap-0.5 overflow-y-auto border-r border-line bg-surface-1 px-1 py-1.5 [scrollbar-width:thin]"
    >
      {panels.map((panel) => {
        const { id, title, icon: Icon } = panel
        return (
          <button
            key={id}
            type="button"
            title={title}
            aria-current={id === activeId ? 'page' : undefined}
            onClick={() => onSelect(id)}
            onPointerEnter={() => onNear(panel)}
            onFocus={() => onNear(panel)}
            className="relative flex shrink-0 flex-col items-center gap-0.5 rounded-md pt-1.5 pb-1 text-xs text-ink-2 hover:bg-surface-2 hover:text-ink aria-[current=page]:bg-surface-3 aria-[current=page]:text-ink"
          >
            <Icon size={18} strokeWidth={1.6} aria-hidden />
            <span className={lowWords}>{title}</span>
          </button>
        )
      })}
    </nav>
  )
}
