import { ArrowDownWideNarrow, ChevronDown } from 'lucide-react'
import { useMemo } from 'react'
import { Button, Menu, MenuItem, MenuLabel } from '#renderer/kit/index.ts'
import { type Measure, titleOf, wholeOf, worstNodes } from '#shared/plan/index.ts'
import { formatPercent } from '#shared/units/index.ts'
import { formatMeasure } from '../format-measure.ts'
import type { PlanViewProps } from '../view-state.ts'

interface WorstMenuProps extends Pick<PlanViewProps, 'document' | 'state' | 'onChange'> {
  readonly measure: Measure
  readonly compact: boolean
}

/** The nodes with the largest own part of the chosen measure: where to look first. */
export function WorstMenu({ document, state, measure, onChange, compact }: WorstMenuProps) {
  const { plan } = document
  const worst = useMemo(() => worstNodes(plan, measure), [plan, measure])
  const whole = useMemo(() => wholeOf(plan, measure), [plan, measure])
  return (
    <Menu
      label="Worst nodes"
      className="max-w-120 min-w-80"
      trigger={
        <Button
          icon={ArrowDownWideNarrow}
          disabled={worst.length === 0}
          aria-label="Worst nodes"
          title="Worst nodes"
        >
          {!compact && 'Worst'}
          {!compact && <ChevronDown size={14} aria-hidden className="text-ink-3" />}
        </Button>
      }
    >
      <MenuLabel>Largest by own {measure.label.toLowerCase()}</MenuLabel>
      {worst.map((id) => {
        const node = plan.nodes[id]
        if (node === undefined) return null
        const figure = measure.exclusive(node) ?? 0
        const share = measure.additive && whole > 0 ? ` · ${formatPercent(figure / whole)}` : ''
        return (
          <MenuItem key={id} checked={id === state.selectedId} onSelect={() => onChange({ selectedId: id })}>
            <span className="flex gap-4">
              <span className="min-w-0 flex-1 truncate">
                {titleOf(node).name} <span className="text-ink-2">{titleOf(node).target ?? ''}</span>
              </span>
              <span className="shrink-0 text-ink-2">
                {formatMeasure(measure.unit, figure)}
                {share}
              </span>
            </span>
          </MenuItem>
        )
      })}
    </Menu>
  )
}
