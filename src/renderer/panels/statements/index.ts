import { ListOrdered } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'

export const statementsPanel: PanelDefinition = {
  id: 'statements',
  title: 'Statements',
  icon: ListOrdered,
  load: () => import('./body.ts'),
  showsSession: true,
}
