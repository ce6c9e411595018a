import { Table2 } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'

export const tablesPanel: PanelDefinition = {
  id: 'tables',
  title: 'Tables',
  icon: Table2,
  load: () => import('./body.ts'),
  showsSession: true,
}
