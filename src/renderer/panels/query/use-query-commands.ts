import { useCommands } from '#renderer/state/index.ts'
import type { RunMode } from '#shared/session/index.ts'
import { refreshCatalogue } from './catalogue.ts'

export interface QueryActions {
  readonly connected: boolean
  readonly underWay: boolean
  readonly onRun: (mode: RunMode) => void
  readonly onCancel: () => void
  readonly onFormat: () => void
  readonly onOptions: () => void
  readonly onFocusEditor: () => void
  readonly onFocusResult: () => void
}

/** Everything that the panel does, for the palette and the keyboard. */
export function useQueryCommands(actions: QueryActions): void {
  const idle = actions.connected && !actions.underWay
  const group = 'Query'
  useCommands([
    {
      id: 'query.analyse',
      title: 'Analyse statement',
      group,
      keys: 'mod+shift+enter',
      // While a run is under way the keys say so.
      enabled: actions.connected,
      find: 'explain analyze profile',
      run: () => actions.onRun('analyse'),
    },
    {
      id: 'query.run',
      title: 'Run statement',
      group,
      keys: 'mod+enter',
      enabled: actions.connected,
      find: 'execute',
      run: () => actions.onRun('run'),
    },
    {
      id: 'query.explain',
      title: 'Show the plan only',
      group,
      enabled: idle,
      find: 'explain',
      run: () => actions.onRun('explain'),
    },
    {
      id: 'query.generic',
      title: 'Show the generic plan',
      group,
      enabled: idle,
      find: 'explain parameters',
      run: () => actions.onRun('generic'),
    },
    {
      id: 'query.cancel',
      title: 'Cancel the run',
      group,
      keys: 'mod+.',
      enabled: actions.underWay,
      find: 'stop',
      run: actions.onCancel,
    },
    {
      id: 'query.format',
      title: 'Format SQL',
      group,
      keys: 'shift+alt+f',
      find: 'beautify indent',
      run: actions.onFormat,
    },
    {
      id: 'query.options',
      title: 'Set run options',
      group,
      find: 'timeout commit rollback buffers wal',
      run: actions.onOptions,
    },
    {
      id: 'query.editor',
      title: 'Go to the editor',
      group,
      keys: 'mod+1',
      run: actions.onFocusEditor,
    },
    {
      id: 'query.result',
      title: 'Go to the result',
      group,
      keys: 'mod+2',
      run: actions.onFocusResult,
    },
    {
      id: 'query.catalogue',
      title: 'Read the catalogue anew for completion',
      group,
      enabled: actions.connected,
      find: 'refresh schema tables',
      run: refreshCatalogue,
    },
  ])
}
