import { Columns3, FoldVertical, UnfoldVertical } from 'lucide-react'
import { Button, Checkbox, CopyButton, IconButton, Popover, Select } from '#renderer/kit/index.ts'
import type { Plan } from '#shared/plan/index.ts'
import { Segments } from '../toolbar/segments.tsx'
import { columnsOf, type FigureScope, type GridColumn } from './columns.ts'
import type { Grouping } from './lines.ts'

interface GridBarProps {
  readonly plan: Plan
  readonly compact: boolean
  readonly columns: readonly GridColumn[]
  readonly chosenByHand: boolean
  readonly onColumns: (ids: readonly string[] | undefined) => void
  readonly grouping: Grouping
  readonly onGrouping: (grouping: Grouping) => void
  readonly scope: FigureScope
  readonly onScope: (scope: FigureScope) => void
  readonly toTsv: () => string
  readonly onFold: (() => void) | undefined
  readonly onUnfold: (() => void) | undefined
}

const groupingWords = [
  { value: 'node', label: 'Each node' },
  { value: 'type', label: 'Sums by node type' },
  { value: 'relation', label: 'Sums by relation' },
  { value: 'index', label: 'Sums by index' },
] as const satisfies readonly { readonly value: Grouping; readonly label: string }[]

/** What the grid shows: lines, figures, columns. */
export function GridBar(props: GridBarProps) {
  const { plan, columns, grouping, scope, chosenByHand, compact } = props
  const shown = new Set(columns.map(({ id }) => id))
  const toggle = (id: string, on: boolean) =>
    props.onColumns(
      columnsOf(plan).flatMap((column) =>
        (column.id === id ? on : shown.has(column.id)) ? [column.id] : [],
      ),
    )
  const grouped = groupingWords.filter(
    ({ value }) =>
      value === 'node' ||
      value === 'type' ||
      plan.nodes.some((node) => (value === 'index' ? node.index : node.relation) !== undefined),
  )
  return (
    <div className="flex h-8 shrink-0 items-center gap-2 border-line border-b px-3">
      <Select
        label="Lines"
        value={grouping}
        options={grouped}
        onChange={props.onGrouping}
        className="shrink-0"
      />
      {grouping === 'node' && plan.analyzed && (
        <Segments<FigureScope>
          compact={compact}
          label="Figures"
          items={[
            { id: 'own', label: 'Own', about: 'Work, blocks, I/O and WAL of the node itself' },
            {
              id: 'inclusive',
              label: 'With below',
              about: 'Work, blocks, I/O and WAL with everything below',
            },
          ]}
          value={scope}
          onChange={props.onScope}
        />
      )}
      <span className="flex-1" />
      {props.onFold !== undefined && (
        <IconButton icon={FoldVertical} label="Fold everything" onClick={props.onFold} />
      )}
      {props.onUnfold !== undefined && (
        <IconButton icon={UnfoldVertical} label="Unfold everything" onClick={props.onUnfold} />
      )}
      <Popover
        label="Columns of the grid"
        align="end"
        className="w-96 p-3"
        trigger={
          <Button variant="quiet" icon={Columns3} aria-label="Columns">
            {!compact && 'Columns'}
          </Button>
        }
      >
        <div className="grid grid-cols-2 gap-x-4 gap-y-1.5">
          {columnsOf(plan).map((column) => (
            <Checkbox key={column.id} checked={shown.has(column.id)} onChange={(on) => toggle(column.id, on)}>
              <span title={column.origin}>{column.title}</span>
            </Checkbox>
          ))}
        </div>
        <div className="mt-3 flex items-center gap-2 border-line border-t pt-2">
          <span className="text-ink-3 text-sm">Columns without figures in this plan are left out.</span>
          {chosenByHand && (
            <span className="ml-auto">
              <Button variant="quiet" onClick={() => props.onColumns(undefined)}>
                As usual
              </Button>
            </span>
          )}
        </div>
      </Popover>
      <CopyButton label="Copy the grid as tab-separated values" text={props.toTsv} />
    </div>
  )
}
