import { useEffect, useState } from 'react'
import { Toasts } from '#renderer/kit/index.ts'
import {
  dismissNotice,
  type PanelDefinition,
  useActivePanel,
  useHasRecorded,
  useNotices,
  usePreferences,
  useRangeCommands,
  useThemeChoice,
  useWorkbench,
} from '#renderer/state/index.ts'
import { applyTheme } from '#renderer/theme/index.ts'
import { Timeline } from '#renderer/timeline/index.ts'
import { Banner } from './banner.tsx'
import { Boundary } from './boundary.tsx'
import { PartFailure } from './failures.tsx'
import { isMac, useFrameCommands } from './frame-commands.ts'
import { FrameDialogs } from './frame-dialogs.tsx'
import { Intake } from './intake/intake.tsx'
import { PanelArea } from './panel-area.tsx'
import { bringBody, bringRest } from './panel-bodies.ts'
import { firstPanelId, panels } from './panels.ts'
import { Rail } from './rail.tsx'
import { chooseStage, goOnWithoutServer, useGoOn } from './stage.ts'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar/top-bar.tsx'
import { useConnectionWords } from './use-connection-words.ts'
import { useKeyHandler } from './use-key-handler.ts'
import { useMenuCommands } from './use-menu-commands.ts'
import { usePanelLinks } from './use-panel-links.ts'
import { useShownPanel } from './use-shown-panel.ts'
import { Waking, Welcome } from './welcome.tsx'

/** Everything around the panels. */
export function Frame() {
  const [activeId, setActive] = useActivePanel(firstPanelId)
  const active = panels.find((panel) => panel.id === activeId) ?? panels[0]
  return (
    <div className="grid h-full grid-cols-[68px_minmax(0,1fr)] grid-rows-[40px_minmax(0,1fr)_auto_24px]">
      <div className="col-span-2 min-w-0 *:h-full">
        <Boundary title="The top bar" instead={PartFailure}>
          <TopBar />
        </Boundary>
      </div>
      <Rail
        panels={panels}
        activeId={active?.id}
        onSelect={(id) => {
          // Who asks for a panel on the first screen gets it: it says what it lacks.
          goOnWithoutServer()
          setActive(id)
        }}
        onNear={(panel) => void bringBody(panel).catch(() => undefined)}
      />
      <Middle active={active} />
      <div className="col-span-2 min-w-0">
        <Boundary title="The timeline" instead={PartFailure}>
          <Timeline />
        </Boundary>
      </div>
      <div className="col-span-2 min-w-0 *:h-full">
        <Boundary title="The status bar" instead={PartFailure}>
          <StatusBar />
        </Boundary>
      </div>
      <FrameManners />
      <FrameDialogs />
      <Intake />
    </div>
  )
}

function Middle({ active }: { readonly active: PanelDefinition | undefined }) {
  const status = useWorkbench((store) => store.state?.connection.status)
  // Sizes are read when a pane is made, so nothing is made before the preferences are there.
  const hasPreferences = usePreferences((store) => store.values !== undefined)
  const isConnected = status === 'connected'
  const [wasConnected, setWasConnected] = useState(false)
  const goOn = useGoOn((store) => store.goOn)
  const hasRecorded = useHasRecorded() === true
  const notices = useNotices((store) => store.notices)
  if (isConnected && !wasConnected) setWasConnected(true)
  const isReady = status !== undefined && hasPreferences
  const wanted = chooseStage({ isReady, isConnected, wasConnected, hasRecorded, goOn })
  const shown = useShownPanel(wanted === 'panel' ? active : undefined)
  // The very first panel is still on its way.
  const stage = wanted === 'panel' && shown === undefined ? 'loading' : wanted
  useEffect(() => (isReady ? bringRest(panels) : undefined), [isReady])
  return (
    <div className="relative flex min-h-0 min-w-0 flex-col">
      <Banner
        isWelcome={stage !== 'panel'}
        showsSession={stage === 'panel' && shown?.panel.showsSession === true}
        needsServer={active?.needsServer !== false}
      />
      {stage === 'panel' && shown !== undefined ? (
        <PanelArea {...shown} />
      ) : (
        <main aria-label="Start" className="min-h-0 flex-1 overflow-auto bg-surface-1">
          {stage === 'welcome' ? <Welcome /> : <Waking />}
        </main>
      )}
      {/* Over the panel, not over what the timeline is steered by. */}
      <Toasts items={notices} onDismiss={dismissNotice} />
    </div>
  )
}

/** What the frame does without being seen; apart, so that news of the connection does not draw the panel anew. */
function FrameManners() {
  useFrameCommands()
  useRangeCommands(useHasRecorded() === true)
  useKeyHandler(isMac())
  useMenuCommands()
  usePanelLinks()
  useTheme()
  useWindowTitle()
  return null
}

function useTheme(): void {
  const [theme] = useThemeChoice()
  useEffect(() => applyTheme(theme), [theme])
}

function useWindowTitle(): void {
  const { name, detail } = useConnectionWords()
  useEffect(() => {
    document.title = `${name} · ${detail} – Barograph`
  }, [name, detail])
}
