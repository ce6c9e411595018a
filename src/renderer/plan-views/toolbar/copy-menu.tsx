import { ChevronDown, Copy } from 'lucide-react'
import { Button, Menu, MenuItem } from '#renderer/kit/index.ts'
import { notify } from '#renderer/state/index.ts'
import { dumpPlanJson, formatPlanText } from '#shared/plan/index.ts'
import type { PlanViewProps } from '../view-state.ts'

interface CopyMenuProps extends Pick<PlanViewProps, 'document' | 'state'> {
  readonly compact: boolean
  readonly linkTo: ((nodeId: number) => string) | undefined
}

/** The plan for elsewhere: as text, as JSON, as a link to the node. */
export function CopyMenu({ document, state, compact, linkTo }: CopyMenuProps) {
  const { raw, plan } = document
  const node = plan.nodes[state.selectedId]
  return (
    <Menu
      label="Copy the plan"
      align="end"
      trigger={
        <Button icon={Copy} aria-label="Copy the plan">
          {!compact && 'Copy'}
          {!compact && <ChevronDown size={14} aria-hidden className="text-ink-3" />}
        </Button>
      }
    >
      <MenuItem onSelect={() => copyText('the plan as text', formatPlanText(raw))}>Plan as text</MenuItem>
      <MenuItem onSelect={() => copyText('the plan as JSON', dumpPlanJson(raw))}>Plan as JSON</MenuItem>
      {linkTo !== undefined && node !== undefined && (
        <MenuItem
          detail={`${node.title.name} ${node.title.target ?? ''}`}
          onSelect={() => copyText('a link to the node', linkTo(node.id))}
        >
          Link to the node
        </MenuItem>
      )}
    </Menu>
  )
}

/** Copies and says so, or says why not. */
export function copyText(what: string, text: string): void {
  navigator.clipboard.writeText(text).then(
    () => notify({ tone: 'ok', title: `Copied ${what}` }),
    () =>
      notify({
        tone: 'bad',
        title: `Could not copy ${what}`,
        text: 'The clipboard is not open to this window.',
      }),
  )
}
