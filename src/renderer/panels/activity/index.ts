import { Users } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'

export const activityPanel: PanelDefinition = {
  id: 'activity',
  title: 'Activity',
  icon: Users,
  load: () => import('./body.ts'),
  showsSession: true,
}
