import { SquareTerminal } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { parsePlanLink } from './plan-link.ts'

export const queryPanel: PanelDefinition = {
  id: 'query',
  title: 'Query',
  icon: SquareTerminal,
  load: () => import('./body.ts'),
  opensLink: (hash) => parsePlanLink(hash) !== undefined,
}
