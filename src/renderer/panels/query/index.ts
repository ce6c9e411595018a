import { SquareTerminal } from 'lucide-react'
import type { PanelDefinition } from '#renderer/state/index.ts'
import { QueryInspector } from './plan-inspector.tsx'
import { parsePlanLink } from './plan-link.ts'
import { QueryPanel } from './query-panel.tsx'

export const queryPanel: PanelDefinition = {
  id: 'query',
  title: 'Query',
  icon: SquareTerminal,
  Panel: QueryPanel,
  Inspector: QueryInspector,
  opensLink: (hash) => parsePlanLink(hash) !== undefined,
}
