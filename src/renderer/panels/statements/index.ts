import { ListOrdered } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { StatementInspector } from './inspector/statement-inspector.tsx'
import { StatementsPanel } from './statements-panel.tsx'

export const statementsPanel: PanelDefinition = {
  id: 'statements',
  title: 'Statements',
  icon: ListOrdered,
  Panel: StatementsPanel,
  Inspector: StatementInspector,
  showsSession: true,
}
