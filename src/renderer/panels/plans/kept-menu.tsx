import { ChevronDown, Plus } from 'lucide-react'
import { Button, Menu, MenuItem, MenuSeparator } from '#renderer/kit/index.ts'
import type { KeptPlanSummary } from '#shared/session/index.ts'
import { describeKept } from './describe-kept.ts'
import { openKept } from './open-plans.ts'
import { show } from './opened.ts'

/** The list of kept plans where there is no room for it. */
export function KeptMenu({ plans }: { readonly plans: readonly KeptPlanSummary[] }) {
  return (
    <Menu
      label="Kept plans"
      className="max-w-110"
      trigger={
        <Button variant="quiet" icon={ChevronDown}>
          {plans.length === 1 ? '1 kept plan' : `${plans.length} kept plans`}
        </Button>
      }
    >
      {plans.toReversed().map((plan) => (
        <MenuItem key={plan.planId} detail={describeKept(plan)} onSelect={() => void openKept(plan.planId)}>
          {plan.name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={Plus} onSelect={() => show({ kind: 'nothing', draft: '' })}>
        Look at another plan
      </MenuItem>
    </Menu>
  )
}
