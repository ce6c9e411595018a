import { ChartArea } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'

export const loadPanel: PanelDefinition = {
  id: 'load',
  title: 'Load',
  icon: ChartArea,
  load: () => import('./body.ts'),
  showsSession: true,
}
