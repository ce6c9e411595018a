import { GitCompareArrows, Pin, PinOff } from 'lucide-react'
import { Button, Menu, MenuItem } from '#renderer/kit/index.ts'
import type { PlanDocument } from '../document.ts'
import { pinPlan, unpinPlan, usePinned } from './pinned.ts'

interface CompareMenuProps {
  readonly document: PlanDocument
  /** An icon alone. */
  readonly compact: boolean
  readonly onCompare: () => void
}

/** Pins this plan, or holds it against the pinned one. */
export function CompareMenu({ document, compact, onCompare }: CompareMenuProps) {
  const pinned = usePinned((store) => store.pinned)
  const isPinned = pinned?.document.id === document.id
  return (
    <Menu
      label="Compare plans"
      align="end"
      trigger={
        <Button icon={GitCompareArrows} aria-label="Compare">
          {compact ? '' : 'Compare'}
        </Button>
      }
    >
      {pinned !== undefined && !isPinned && (
        <MenuItem icon={GitCompareArrows} detail={pinned.name} onSelect={onCompare}>
          With the pinned plan
        </MenuItem>
      )}
      {isPinned ? (
        <MenuItem icon={PinOff} onSelect={unpinPlan}>
          Unpin this plan
        </MenuItem>
      ) : (
        <MenuItem icon={Pin} detail="then open another and compare" onSelect={() => pinPlan(document)}>
          Pin this plan
        </MenuItem>
      )}
    </Menu>
  )
}
