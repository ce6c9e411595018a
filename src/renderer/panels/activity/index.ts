import { Users } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { ActivityInspector } from './activity-inspector.tsx'
import { ActivityPanel } from './activity-panel.tsx'

export const activityPanel: PanelDefinition = {
  id: 'activity',
  title: 'Activity',
  icon: Users,
  Panel: ActivityPanel,
  Inspector: ActivityInspector,
  showsSession: true,
}
