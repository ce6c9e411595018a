export { type Asked, useAsked } from './asked.ts'
export { type Command, commandKeys, runCommand, useCommandList, useCommands } from './commands.ts'
export { newestTickDrawn, type ScreenLag, useScreenLag } from './drawn.ts'
export { formatDay } from './format-day.ts'
export { formatSpan } from './format-span.ts'
export { type KeyPress, matchesKeys, worksInText } from './keys.ts'
export {
  hasSplitLayout,
  type ThemeChoice,
  useActivePanel,
  useInspectorOpen,
  useInspectorWidth,
  useSplitLayout,
  useThemeChoice,
} from './layout.ts'
export { live, subscribeLive, useLiveWants, workbenchNowMs } from './live.ts'
export { bucketsOfPart, isSameServer } from './one-server.ts'
export type { PanelBody, PanelDefinition, PanelIntake } from './panel.ts'
export { pointed } from './pointed.ts'
export {
  flushPreferences,
  loadPreferences,
  readJson,
  setPreference,
  usePreference,
  usePreferences,
} from './preferences.ts'
export {
  currentEdgeMs,
  currentRange,
  follow,
  followedSpanMs,
  isFollowing,
  momentKey,
  rangeKey,
  setRange,
  setRangeEnd,
  shiftRange,
  subscribeRange,
  toggleFollow,
  useRangeChoice,
  useTimeRange,
  zoomRange,
} from './range.ts'
export { useRangeCommands } from './range-commands.ts'
export {
  currentExtent,
  currentServerRange,
  useHasEnded,
  useHasJustBegun,
  useHasRecorded,
  useIsAway,
  useMarkers,
  useOneServer,
  useRecordedOverview,
  useRecordingState,
  useServerAt,
  useUnrecorded,
  watchRecording,
} from './recording.ts'
export { showSession, useSession, watchSession, whenSession } from './session.ts'
export type { Silence } from './silence.ts'
export {
  setRecordingRate,
  startRecording,
  stopRecording,
  useRecordingRate,
  useRecordsByItself,
} from './start-recording.ts'
export { requestStatement, takeStatementRequest } from './statement-requests.ts'
export { stopBackend } from './stop-backend.ts'
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
export type { Unrecorded } from './unrecorded.ts'
export { useSilence, watchSilence } from './watch-silence.ts'
export { useConnection, useServer, useWorkbench, watchWorkbench } from './workbench.ts'
