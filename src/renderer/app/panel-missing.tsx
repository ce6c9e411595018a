import { Button, ErrorNote } from '#renderer/kit/index.ts'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { bringBody } from './panel-bodies.ts'

interface PanelMissingProps {
  readonly panel: PanelDefinition
  readonly reason: string
}

/** In the place of a panel that could not be brought into the window. */
export function PanelMissing({ panel, reason }: PanelMissingProps) {
  return (
    <div className="mx-auto w-full max-w-150 p-6">
      <ErrorNote
        title={`${panel.title} could not be loaded`}
        message="The workbench did not hand out this part of the window."
        advice="It may have ended, or been replaced by a newer one. Try again once it can be reached; if it still fails, reload the window."
        details={reason}
        actions={
          <>
            <Button onClick={() => void bringBody(panel).catch(() => undefined)}>Try again</Button>
            <Button onClick={() => location.reload()}>Reload the window</Button>
          </>
        }
      />
    </div>
  )
}
