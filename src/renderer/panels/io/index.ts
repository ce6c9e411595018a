import { HardDrive } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { IoPanel } from './io-panel.tsx'

export const ioPanel: PanelDefinition = {
  id: 'io',
  title: 'I/O',
  icon: HardDrive,
  Panel: IoPanel,
  showsSession: true,
}
