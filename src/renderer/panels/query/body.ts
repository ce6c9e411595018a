import type { PanelBody } from '#renderer/state/index.ts'
import { QueryInspector } from './plan-inspector.tsx'
import { QueryPanel } from './query-panel.tsx'

export const body: PanelBody = {
  Panel: QueryPanel,
  Inspector: QueryInspector,
}
