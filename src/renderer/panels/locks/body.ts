import type { PanelBody } from '#renderer/state/index.ts'
import { LocksInspector } from './locks-inspector.tsx'
import { LocksPanel } from './locks-panel.tsx'

export const body: PanelBody = {
  Panel: LocksPanel,
  Inspector: LocksInspector,
  takesInspectorsRoom: true,
}
