import { ChartArea } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { LoadInspector } from './load-inspector.tsx'
import { LoadPanel } from './load-panel.tsx'

export const loadPanel: PanelDefinition = {
  id: 'load',
  title: 'Load',
  icon: ChartArea,
  Panel: LoadPanel,
  Inspector: LoadInspector,
  showsSession: true,
}
