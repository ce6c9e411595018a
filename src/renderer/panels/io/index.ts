import { HardDrive } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'

export const ioPanel: PanelDefinition = {
  id: 'io',
  title: 'I/O',
  icon: HardDrive,
  load: () => import('./body.ts'),
  showsSession: true,
}
