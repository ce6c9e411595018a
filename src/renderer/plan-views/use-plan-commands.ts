import { useCommands } from '#renderer/state/index.ts'
import { dumpPlanJson, formatPlanText } from '#shared/plan/index.ts'
import { type ComparedPlan, comparePlan, pinPlan, unpinPlan, usePinned } from './compare/index.ts'
import { setRedacted, useIsRedacted } from './redact/index.ts'
import { copyPng, copySvg, copyText, nameOfPicture } from './toolbar/copy.ts'
import { planViewFaces } from './toolbar/view-faces.ts'
import type { PlanViewProps } from './view-state.ts'

interface PlanCommands extends Pick<PlanViewProps, 'document' | 'state' | 'onChange'> {
  /** As it was given, before any redaction. */
  readonly shown: ComparedPlan
  readonly linkTo: ((nodeId: number) => string) | undefined
  readonly onSearch: () => void
  readonly findingsOpen: boolean
  readonly onFindings: (open: boolean) => void
}

const group = 'Plan'

/** Everything that can be done with the plan on screen, for the palette and the keyboard. */
export function usePlanCommands(commands: PlanCommands): void {
  const { document, shown, state, onChange, linkTo, findingsOpen, onFindings } = commands
  const pinned = usePinned((store) => store.pinned)
  const isPinned = pinned?.document.id === shown.document.id
  const isRedacted = useIsRedacted(shown.document.id)
  const { raw } = document
  useCommands([
    ...planViewFaces.map((face) => ({
      id: `plan.view.${face.id}`,
      title: `Show the plan as ${face.label.toLowerCase()}`,
      group,
      keys: face.keys,
      find: face.about,
      run: () => onChange({ view: face.id }),
    })),
    { id: 'plan.search', title: 'Search the plan', group, keys: '/', run: commands.onSearch },
    {
      id: 'plan.findings',
      title: findingsOpen ? 'Hide the findings of the plan' : 'Show the findings of the plan',
      group,
      keys: 'alt+0',
      run: () => onFindings(!findingsOpen),
    },
    {
      id: 'plan.pin',
      title: isPinned ? 'Unpin the plan' : 'Pin the plan to compare others with it',
      group,
      find: 'compare before after diff',
      run: () => (isPinned ? unpinPlan() : pinPlan(shown)),
    },
    {
      id: 'plan.compare',
      title: 'Compare with the pinned plan',
      group,
      enabled: pinned !== undefined && !isPinned,
      find: 'before after diff',
      run: () => {
        if (pinned !== undefined) comparePlan({ shownId: shown.document.id, other: pinned, swapped: false })
      },
    },
    {
      id: 'plan.redact',
      title: isRedacted ? 'Show the plan’s names and values' : 'Redact the plan’s names and values',
      group,
      find: 'anonymise hide share',
      run: () => setRedacted(shown.document.id, !isRedacted),
    },
    {
      id: 'plan.copy.text',
      title: 'Copy the plan as text',
      group,
      run: () => copyText('the plan as text', formatPlanText(raw)),
    },
    {
      id: 'plan.copy.json',
      title: 'Copy the plan as JSON',
      group,
      run: () => copyText('the plan as JSON', dumpPlanJson(raw)),
    },
    {
      id: 'plan.copy.svg',
      title: `Copy the plan’s ${nameOfPicture(state)} as SVG`,
      group,
      find: 'picture image',
      run: () => copySvg(document, state),
    },
    {
      id: 'plan.copy.png',
      title: `Copy the plan’s ${nameOfPicture(state)} as PNG`,
      group,
      find: 'picture image',
      run: () => copyPng(document, state, 'whole'),
    },
    {
      id: 'plan.copy.link',
      title: 'Copy a link to the plan’s node',
      group,
      enabled: linkTo !== undefined,
      run: () => copyText('a link to the node', linkTo?.(state.selectedId) ?? ''),
    },
  ])
}
