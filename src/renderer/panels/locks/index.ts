import { LockKeyhole } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { LocksInspector } from './locks-inspector.tsx'
import { LocksPanel } from './locks-panel.tsx'

export const locksPanel: PanelDefinition = {
  id: 'locks',
  title: 'Locks',
  icon: LockKeyhole,
  Panel: LocksPanel,
  Inspector: LocksInspector,
  showsSession: true,
}
