import type { PanelBody } from '#renderer/state/index.ts'
import { TablesInspector } from './tables-inspector.tsx'
import { TablesPanel } from './tables-panel.tsx'

export const body: PanelBody = {
  Panel: TablesPanel,
  Inspector: TablesInspector,
  takesInspectorsRoom: true,
}
