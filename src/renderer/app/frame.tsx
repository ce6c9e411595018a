import { useEffect, useState } from 'react'
import { EmptyState, Split, SplitHandle, SplitPane, Toasts } from '#renderer/kit/index.ts'
import {
  dismissNotice,
  useActivePanel,
  useConnection,
  useInspectorOpen,
  useNotices,
  useSplitLayout,
  useThemeChoice,
  useWorkbench,
} from '#renderer/state/index.ts'
import { applyTheme } from '#renderer/theme/index.ts'
import { Banner } from './banner.tsx'
import { describeConnection } from './connection-words.ts'
import { isMac, useFrameCommands } from './frame-commands.ts'
import { FrameDialogs } from './frame-dialogs.tsx'
import { Inspector } from './inspector.tsx'
import { panels } from './panels.ts'
import { Rail } from './rail.tsx'
import { chooseStage } from './stage.ts'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar/top-bar.tsx'
import { useKeyHandler } from './use-key-handler.ts'
import { Welcome } from './welcome.tsx'

/** Everything around the panels. */
export function Frame() {
  useFrameCommands()
  useKeyHandler(isMac())
  useTheme()
  useWindowTitle()
  const notices = useNotices((store) => store.notices)
  const [activeId, setActive] = useActivePanel(panels[0]?.id ?? '')
  const active = panels.find((panel) => panel.id === activeId) ?? panels[0]
  return (
    <div className="grid h-full grid-cols-[52px_minmax(0,1fr)] grid-rows-[40px_minmax(0,1fr)_24px]">
      <div className="col-span-2 min-w-0 *:h-full">
        <TopBar />
      </div>
      <Rail panels={panels} activeId={active?.id} onSelect={setActive} />
      <Middle activeId={active?.id} />
      <div className="col-span-2 min-w-0 *:h-full">
        <StatusBar />
      </div>
      <FrameDialogs />
      <Toasts items={notices} onDismiss={dismissNotice} />
    </div>
  )
}

function Middle({ activeId }: { readonly activeId: string | undefined }) {
  const active = panels.find((panel) => panel.id === activeId)
  const state = useWorkbench((store) => store.state)
  const isConnected = state?.connection.status === 'connected'
  const [wasConnected, setWasConnected] = useState(false)
  const [goOn, setGoOn] = useState(false)
  if (isConnected && !wasConnected) setWasConnected(true)
  const stage = chooseStage({ state, wasConnected, goOn })
  const [inspectorOpen] = useInspectorOpen()
  const split = useSplitLayout('frame')

  return (
    <div className="flex min-h-0 min-w-0 flex-col">
      <Banner isWelcome={stage !== 'panel'} />
      {stage === 'panel' ? (
        <Split direction="columns" className="flex-1" {...split}>
          <SplitPane id="panel" min={480}>
            <main
              aria-label={active?.title ?? 'Panel'}
              className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface-1"
            >
              {active === undefined ? <EmptyState title="No panel is there" /> : <active.Panel />}
            </main>
          </SplitPane>
          {inspectorOpen && (
            <>
              <SplitHandle label="Width of the inspector" />
              <SplitPane id="inspector" size={316} min={220} max={560} fixed>
                <Inspector panel={active} />
              </SplitPane>
            </>
          )}
        </Split>
      ) : (
        <main aria-label="Start" className="min-h-0 flex-1 overflow-auto bg-surface-1">
          <Welcome onGoOn={() => setGoOn(true)} />
        </main>
      )}
    </div>
  )
}

function useTheme(): void {
  const [theme] = useThemeChoice()
  useEffect(() => applyTheme(theme), [theme])
}

function useWindowTitle(): void {
  const { name, detail } = describeConnection(useConnection())
  useEffect(() => {
    document.title = `${name} · ${detail} – Barograph`
  }, [name, detail])
}
