import { Workflow } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { looksLikePlan } from './looks-like-plan.ts'
import { parseKeptPlanLink } from './plan-link.ts'

export const plansPanel: PanelDefinition = {
  id: 'plans',
  title: 'Plans',
  icon: Workflow,
  load: () => import('./body.ts'),
  needsServer: false,
  opensLink: (hash) => parseKeptPlanLink(hash) !== undefined,
  accepts: looksLikePlan,
}
