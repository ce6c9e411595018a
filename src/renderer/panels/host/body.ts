import type { PanelBody } from '#renderer/state/index.ts'
import { HostInspector } from './host-inspector.tsx'
import { HostPanel } from './host-panel.tsx'

export const body: PanelBody = {
  Panel: HostPanel,
  Inspector: HostInspector,
  takesInspectorsRoom: true,
}
