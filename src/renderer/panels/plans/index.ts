import { Workflow } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { looksLikePlan } from './looks-like-plan.ts'
import { openFiles, openText } from './open-plans.ts'
import { useOpened } from './opened.ts'
import { parseKeptPlanLink } from './plan-link.ts'
import { PlansInspector } from './plans-inspector.tsx'
import { PlansPanel } from './plans-panel.tsx'

export const plansPanel: PanelDefinition = {
  id: 'plans',
  title: 'Plans',
  icon: Workflow,
  Panel: PlansPanel,
  Inspector: PlansInspector,
  needsServer: false,
  // A log says beneath its table what is known of a statement.
  inspects: { get: () => useOpened.getState().shown.kind !== 'log', subscribe: useOpened.subscribe },
  opensLink: (hash) => parseKeptPlanLink(hash) !== undefined,
  intake: {
    accepts: looksLikePlan,
    openText: (text) => openText({ text, source: 'paste' }),
    openFiles: (files) => void openFiles(files),
  },
}
