import { Gauge } from 'lucide-react'
import { EmptyState, Split, SplitHandle, SplitPane } from '#renderer/kit/index.ts'
import { useActivePanel, useConnection, useSplitLayout } from '#renderer/state/index.ts'
import { panels } from './panels.ts'

export function Frame() {
  const [activeId, setActive] = useActivePanel(panels[0]?.id ?? '')
  const active = panels.find((panel) => panel.id === activeId) ?? panels[0]
  const connection = useConnection()
  const split = useSplitLayout('frame')
  return (
    <div className="grid h-full grid-cols-[52px_minmax(0,1fr)] grid-rows-[40px_minmax(0,1fr)_24px]">
      <header className="col-span-2 flex items-center gap-3 border-b border-line bg-surface-1 px-3">
        <span className="font-semibold">Barograph</span>
        <span className="text-ink-2">{connection.status}</span>
      </header>
      <nav
        aria-label="Panels"
        className="flex flex-col gap-0.5 border-r border-line bg-surface-1 px-1 py-1.5"
      >
        {panels.map(({ id, title, icon: Icon }) => (
          <button
            key={id}
            type="button"
            aria-current={id === active?.id ? 'page' : undefined}
            onClick={() => setActive(id)}
            className="flex flex-col items-center gap-1 rounded-md py-1.5 text-xs text-ink-2 hover:bg-surface-2 aria-[current=page]:bg-surface-3 aria-[current=page]:text-ink"
          >
            <Icon size={18} strokeWidth={1.6} aria-hidden />
            {title}
          </button>
        ))}
      </nav>
      <Split direction="columns" {...split}>
        <SplitPane id="panel" min={480}>
          <main className="flex min-h-0 flex-1 flex-col">
            {active === undefined ? (
              <EmptyState icon={Gauge} title="No panel is installed" />
            ) : (
              <active.Panel />
            )}
          </main>
        </SplitPane>
        <SplitHandle label="Size of the inspector" />
        <SplitPane id="inspector" size={316} min={240} max={560} fixed>
          <aside aria-label="Inspector" className="min-h-0 flex-1 overflow-auto bg-surface-2">
            {active?.Inspector !== undefined && <active.Inspector />}
          </aside>
        </SplitPane>
      </Split>
      <footer className="col-span-2 border-t border-line bg-surface-1" />
    </div>
  )
}
