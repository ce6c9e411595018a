import type { PanelBody } from '#renderer/state/index.ts'
import { LoadInspector } from './load-inspector.tsx'
import { LoadPanel } from './load-panel.tsx'

export const body: PanelBody = {
  Panel: LoadPanel,
  Inspector: LoadInspector,
  takesInspectorsRoom: true,
}
