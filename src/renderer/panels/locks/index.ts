import { LockKeyhole } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'

export const locksPanel: PanelDefinition = {
  id: 'locks',
  title: 'Locks',
  icon: LockKeyhole,
  load: () => import('./body.ts'),
  showsSession: true,
}
