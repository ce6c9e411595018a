export { type Command, commandKeys, runCommand, useCommandList, useCommands } from './commands.ts'
export { type KeyPress, matchesKeys, worksInText } from './keys.ts'
export {
  type ThemeChoice,
  useActivePanel,
  useInspectorOpen,
  useInspectorWidth,
  useSplitLayout,
  useThemeChoice,
} from './layout.ts'
export type { PanelDefinition } from './panel.ts'
export {
  flushPreferences,
  loadPreferences,
  setPreference,
  usePreference,
  usePreferences,
} from './preferences.ts'
export { showSession, useSession, watchSession, whenSession } from './session.ts'
export { requestStatement, takeStatementRequest } from './statement-requests.ts'
export {
  type ConnectInput,
  connectTo,
  loadHints,
  loadTargets,
  nameOf,
  useRecentTargets,
  useTargets,
} from './targets.ts'
export { dismissNotice, notify, notifyError, useNotices } from './toasts.ts'
export { useConnection, useServer, useWorkbench, watchWorkbench } from './workbench.ts'
