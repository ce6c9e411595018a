import { ChevronDown, Copy, EyeOff } from 'lucide-react'
import { Button, Menu, MenuItem, MenuSeparator } from '#renderer/kit/index.ts'
import { dumpPlanJson, formatPlanText, titleOf } from '#shared/plan/index.ts'
import { setRedacted, useIsRedacted } from '../redact/index.ts'
import type { PlanViewProps } from '../view-state.ts'
import { copyPng, copySvg, copyText, nameOfPicture } from './copy.ts'

interface CopyMenuProps extends Pick<PlanViewProps, 'document' | 'state'> {
  readonly compact: boolean
  readonly linkTo: ((nodeId: number) => string) | undefined
}

/** The plan for elsewhere: as text, as JSON, as a picture, as a link to the node. */
export function CopyMenu({ document, state, compact, linkTo }: CopyMenuProps) {
  const { raw, plan } = document
  const isRedacted = useIsRedacted(document.id)
  const node = plan.nodes[state.selectedId]
  const picture = nameOfPicture(state)
  const isSeen = state.view === picture
  return (
    <Menu
      label="Copy the plan"
      align="end"
      trigger={
        <Button icon={Copy} aria-label="Copy the plan" title="Copy the plan">
          {!compact && 'Copy'}
          {!compact && <ChevronDown size={14} aria-hidden className="text-ink-3" />}
        </Button>
      }
    >
      <MenuItem onSelect={() => copyText('the plan as text', formatPlanText(raw))}>Plan as text</MenuItem>
      <MenuItem onSelect={() => copyText('the plan as JSON', dumpPlanJson(raw))}>Plan as JSON</MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => copySvg(document, state)}>Whole {picture} as SVG</MenuItem>
      <MenuItem onSelect={() => copyPng(document, state, 'whole')}>Whole {picture} as PNG</MenuItem>
      {isSeen && (
        <MenuItem onSelect={() => copyPng(document, state, 'view')}>What is on screen as PNG</MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={EyeOff} checked={isRedacted} onSelect={() => setRedacted(document.id, !isRedacted)}>
        Redact names and values
      </MenuItem>
      {linkTo !== undefined && node !== undefined && (
        <>
          <MenuSeparator />
          <MenuItem
            detail={`${titleOf(node).name} ${titleOf(node).target ?? ''}`}
            onSelect={() => copyText('a link to the node', linkTo(node.id))}
          >
            Link to the node
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
