import { Table2 } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { TablesInspector } from './tables-inspector.tsx'
import { TablesPanel } from './tables-panel.tsx'

export const tablesPanel: PanelDefinition = {
  id: 'tables',
  title: 'Tables',
  icon: Table2,
  Panel: TablesPanel,
  Inspector: TablesInspector,
  showsSession: true,
}
