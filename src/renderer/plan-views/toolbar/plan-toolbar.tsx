import { ListTodo } from 'lucide-react'
import type { RefObject } from 'react'
import { Button, Dot, Select } from '#renderer/kit/index.ts'
import { measuresOf } from '#shared/plan/index.ts'
import { type ComparedPlan, CompareMenu } from '../compare/index.ts'
import type { PlanViewId } from '../document.ts'
import { severityTones } from '../findings/severity-look.ts'
import type { PlanViewProps } from '../view-state.ts'
import { CopyMenu } from './copy-menu.tsx'
import { SearchBox } from './search-box.tsx'
import { Segments } from './segments.tsx'
import { type PlanViewFace, planViewFaces } from './view-faces.ts'
import { WorstMenu } from './worst-menu.tsx'

export interface PlanToolbarProps extends PlanViewProps {
  readonly shown: ComparedPlan
  readonly compact: boolean
  /** Of the whole bar, in pixels; 0 while it is not known. */
  readonly width: number
  readonly searchField: RefObject<HTMLInputElement | null>
  readonly onLeaveSearch: () => void
  readonly findingsOpen: boolean
  readonly onFindings: (open: boolean) => void
  readonly linkTo: ((nodeId: number) => string) | undefined
}

/** From this width on, all of it stands in one line with words. */
const wordsPx = 920

/** Everything that is common to the views of a plan, in one line. */
export function PlanToolbar(props: PlanToolbarProps) {
  const { document, state, onChange, shown, compact, width, findingsOpen, onFindings } = props
  const measures = measuresOf(document.plan)
  const measure = measures.find(({ id }) => id === state.measure)
  const [loudest] = document.findings
  const count = document.findings.length
  const wordless = compact || (width > 0 && width < wordsPx)
  return (
    <div
      role="toolbar"
      aria-label="Plan"
      className={`flex min-h-(--bar) shrink-0 flex-wrap items-center gap-y-1 border-line border-b py-0.5 ${compact ? 'gap-x-1.5 px-2' : 'gap-x-2 px-3'}`}
    >
      <Segments<PlanViewId>
        compact={compact}
        label="View of the plan"
        items={planViewFaces.map(({ id, label, keys, about }: PlanViewFace) => ({ id, label, keys, about }))}
        value={state.view}
        onChange={(view) => onChange({ view })}
      />
      {measure !== undefined && measures.length > 1 && (
        <Select
          label="Measure"
          value={measure.id}
          options={measures.map(({ id, label }) => ({ value: id, label }))}
          onChange={(id) => onChange({ measure: id })}
        />
      )}
      {measure !== undefined && <WorstMenu {...props} measure={measure} compact={wordless} />}
      <SearchBox {...props} field={props.searchField} onLeave={props.onLeaveSearch} />
      <CopyMenu {...props} compact={wordless} />
      <CompareMenu shown={shown} compact={wordless} />
      <Button
        {...(wordless ? {} : { icon: ListTodo })}
        aria-pressed={findingsOpen}
        onClick={() => onFindings(!findingsOpen)}
        title={findingsOpen ? 'Hide the findings' : 'Show the findings'}
        className="aria-pressed:bg-surface-3"
      >
        {loudest !== undefined && <Dot tone={severityTones[loudest.severity]} />}
        {describeCount(count)}
      </Button>
    </div>
  )
}

function describeCount(count: number): string {
  if (count === 0) return 'No findings'
  return count === 1 ? '1 finding' : `${count} findings`
}
