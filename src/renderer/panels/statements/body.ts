import type { PanelBody } from '#renderer/state/index.ts'
import { StatementInspector } from './inspector/statement-inspector.tsx'
import { StatementsPanel } from './statements-panel.tsx'

export const body: PanelBody = {
  Panel: StatementsPanel,
  Inspector: StatementInspector,
  takesInspectorsRoom: true,
}
