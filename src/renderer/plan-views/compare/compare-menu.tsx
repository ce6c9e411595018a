import { GitCompareArrows, Pin, PinOff } from 'lucide-react'
import { Button, Menu, MenuItem } from '#renderer/kit/index.ts'
import { comparePlan } from './comparing.ts'
import { type ComparedPlan, pinPlan, unpinPlan, usePinned } from './pinned.ts'

interface CompareMenuProps {
  readonly shown: ComparedPlan
  /** An icon alone. */
  readonly compact: boolean
}

/** Pins this plan, or holds it against the pinned one. */
export function CompareMenu({ shown, compact }: CompareMenuProps) {
  const pinned = usePinned((store) => store.pinned)
  const isPinned = pinned?.document.id === shown.document.id
  return (
    <Menu
      label="Compare plans"
      align="end"
      trigger={
        <Button
          icon={GitCompareArrows}
          aria-label="Compare"
          title={isPinned ? 'This plan is pinned: open another and compare' : 'Compare with another plan'}
        >
          {compact ? '' : 'Compare'}
        </Button>
      }
    >
      {pinned !== undefined && !isPinned && (
        <MenuItem
          icon={GitCompareArrows}
          detail={pinned.label ?? ''}
          onSelect={() => comparePlan({ shownId: shown.document.id, other: pinned, swapped: false })}
        >
          With the pinned plan
        </MenuItem>
      )}
      {isPinned ? (
        <MenuItem icon={PinOff} onSelect={unpinPlan}>
          Unpin this plan
        </MenuItem>
      ) : (
        <MenuItem icon={Pin} detail="then open another and compare" onSelect={() => pinPlan(shown)}>
          Pin this plan
        </MenuItem>
      )}
    </Menu>
  )
}
