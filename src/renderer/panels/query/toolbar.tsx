import { Square } from 'lucide-react'
import { Button, Tooltip } from '#renderer/kit/index.ts'
import type { RunMode } from '#shared/session/index.ts'
import { genericPlanSince, unavailable } from './options.ts'
import { OptionsPopover, type OptionsPopoverProps } from './options-popover.tsx'

export interface ToolbarProps extends OptionsPopoverProps {
  readonly underWay: boolean
  readonly cancelling: boolean
  readonly connected: boolean
  readonly onRun: (mode: RunMode) => void
  readonly onCancel: () => void
}

export function Toolbar(props: ToolbarProps) {
  const { underWay, cancelling, connected, onRun, onCancel, ...options } = props
  const idle = connected && !underWay
  const whyNoGeneric = unavailable(genericPlanSince, options.serverVersionNum)
  return (
    <div role="toolbar" aria-label="Run" className="@container shrink-0 border-b border-line bg-surface-1">
      {/* Where it is narrow, the summary matters more than the keys: the palette has those too. */}
      <div className="flex h-(--bar) items-center gap-2 px-3 @max-3xl:[&_kbd]:hidden">
        <Button variant="primary" keys="mod+shift+enter" disabled={!idle} onClick={() => onRun('analyse')}>
          Analyse
        </Button>
        <Button keys="mod+enter" disabled={!idle} onClick={() => onRun('run')}>
          Run
        </Button>
        <Button disabled={!idle} onClick={() => onRun('explain')}>
          Plan only
        </Button>
        {whyNoGeneric === undefined ? (
          <Button disabled={!idle} onClick={() => onRun('generic')}>
            Generic plan
          </Button>
        ) : (
          <Tooltip text={`Generic plan ${whyNoGeneric}`}>
            <button
              type="button"
              aria-disabled
              className="inline-flex h-6.5 shrink-0 items-center rounded-md border border-line-strong bg-surface-2 px-2.5 whitespace-nowrap text-ink-3"
            >
              Generic plan
            </button>
          </Tooltip>
        )}
        {underWay && (
          <Button variant="danger" icon={Square} keys="escape" busy={cancelling} onClick={onCancel}>
            {cancelling ? 'Cancelling' : 'Cancel'}
          </Button>
        )}
        <span className="flex-1" />
        <OptionsPopover {...options} />
      </div>
    </div>
  )
}
