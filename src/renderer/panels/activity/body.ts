import type { PanelBody } from '#renderer/state/index.ts'
import { ActivityInspector } from './activity-inspector.tsx'
import { ActivityPanel } from './activity-panel.tsx'

export const body: PanelBody = {
  Panel: ActivityPanel,
  Inspector: ActivityInspector,
  takesInspectorsRoom: true,
}
