import { Server } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'

export const hostPanel: PanelDefinition = {
  id: 'host',
  title: 'Host',
  icon: Server,
  load: () => import('./body.ts'),
  showsSession: true,
}
