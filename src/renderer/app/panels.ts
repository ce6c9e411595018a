import { activityPanel } from '#renderer/panels/activity/index.ts'
import { hostPanel } from '#renderer/panels/host/index.ts'
import { ioPanel } from '#renderer/panels/io/index.ts'
import { loadPanel } from '#renderer/panels/load/index.ts'
import { locksPanel } from '#renderer/panels/locks/index.ts'
import { plansPanel } from '#renderer/panels/plans/index.ts'
import { queryPanel } from '#renderer/panels/query/index.ts'
import { statementsPanel } from '#renderer/panels/statements/index.ts'
import { tablesPanel } from '#renderer/panels/tables/index.ts'
import type { PanelDefinition } from '#renderer/state/index.ts'

/** The panels that exist, in the rail's order. A new panel is a folder in `panels` and a line here. */
export const panels: readonly PanelDefinition[] = [
  loadPanel,
  queryPanel,
  statementsPanel,
  locksPanel,
  activityPanel,
  tablesPanel,
  hostPanel,
  ioPanel,
  plansPanel,
]

/** What a new window shows first. */
export const firstPanelId = queryPanel.id
