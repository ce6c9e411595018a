import { Server } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { HostInspector } from './host-inspector.tsx'
import { HostPanel } from './host-panel.tsx'

export const hostPanel: PanelDefinition = {
  id: 'host',
  title: 'Host',
  icon: Server,
  Panel: HostPanel,
  Inspector: HostInspector,
  showsSession: true,
}
