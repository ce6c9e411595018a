import { FileDown } from 'lucide-react'
import { useCallback } from 'react'
import { notify, type PanelDefinition, type PanelIntake, useActivePanel } from '#renderer/state/index.ts'
import { bodyAtHand, bringBody } from '../panel-bodies.ts'
import { panels } from '../panels.ts'
import { goOnWithoutServer } from '../stage.ts'
import { useDrop } from './use-drop.ts'
import { usePaste } from './use-paste.ts'

const isSession = (file: File): boolean => file.name.endsWith('.barograph')

/** At once where the panel has come already, as it has after a moment; that it can't come is said in its place. */
function withIntake(panel: PanelDefinition, take: (intake: PanelIntake) => void): void {
  const body = bodyAtHand(panel)
  if (body?.intake !== undefined) take(body.intake)
  else
    bringBody(panel).then(
      ({ intake }) => intake !== undefined && take(intake),
      () => undefined,
    )
}

/** Takes what is dropped or pasted anywhere in the window to the panel that can show it. */
export function Intake() {
  const [, setPanel] = useActivePanel('')
  const show = useCallback(
    (panel: PanelDefinition) => {
      setPanel(panel.id)
      goOnWithoutServer()
    },
    // The setter writes to the same preference, whichever render made it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [],
  )
  const openText = useCallback(
    (panel: PanelDefinition, text: string) => {
      show(panel)
      withIntake(panel, (intake) => intake.openText(text))
    },
    [show],
  )
  const openFiles = useCallback(
    (files: readonly File[]) => {
      const panel = panels.find(({ accepts }) => accepts !== undefined)
      const others = files.filter((file) => !isSession(file))
      if (others.length < files.length) {
        notify({
          tone: 'info',
          title: 'A session file can’t be dropped',
          text: 'The workbench opens it where it lies: Open session… in the session menu.',
        })
      }
      if (panel === undefined || others.length === 0) return
      show(panel)
      withIntake(panel, (intake) => intake.openFiles(others))
    },
    [show],
  )
  usePaste(panels, openText)
  const hovering = useDrop(openFiles)
  if (!hovering) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-surface-0/80">
      <p className="flex items-center gap-3 rounded-lg border border-accent border-dashed bg-surface-2 px-6 py-4 font-semibold">
        <FileDown size={20} aria-hidden className="text-accent" />
        Drop plans or a server log to look at them
      </p>
    </div>
  )
}
