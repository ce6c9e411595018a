import { keyStyle } from '#renderer/kit/index.ts'
import {
  useActivePanel,
  useCommands,
  useConnection,
  useTargets,
  useThemeChoice,
  useWorkbench,
} from '#renderer/state/index.ts'
import { disconnect, startDemo, stopDemo, switchToSaved } from './actions.ts'
import { openDialog } from './dialogs.ts'
import { useInspectorPlace } from './inspector-place.ts'
import { panels } from './panels.ts'
import { goOnWithoutServer } from './stage.ts'

/** The frame's own commands; panels add theirs. */
export function useFrameCommands(): void {
  const [, setPanel] = useActivePanel('')
  const inspector = useInspectorPlace()
  const [, setTheme] = useThemeChoice()
  const connection = useConnection()
  const demo = useWorkbench((store) => store.state?.demo.status)
  const saved = useTargets((store) => store.saved) ?? []
  const isElectron = useWorkbench((store) => store.info?.host === 'electron')
  const online = connection.status !== 'disconnected'

  useCommands([
    {
      id: 'app.palette',
      title: 'Search commands',
      group: 'Help',
      keys: 'mod+k',
      run: () => openDialog({ kind: 'palette' }),
    },
    {
      id: 'frame.keys',
      title: 'Show all keys',
      group: 'Help',
      keys: '?',
      run: () => openDialog({ kind: 'keys' }),
    },
    ...panels.map(({ id, title }) => ({
      id: `frame.panel.${id}`,
      title: `Go to ${title}`,
      group: 'View',
      run: () => {
        goOnWithoutServer()
        setPanel(id)
      },
    })),
    {
      id: 'frame.inspector',
      title: inspector.isShown ? 'Hide the inspector' : 'Show the inspector',
      group: 'View',
      keys: 'mod+b',
      run: inspector.toggle,
    },
    {
      id: 'frame.theme.system',
      title: 'Use the system’s theme',
      group: 'View',
      run: () => setTheme('system'),
    },
    { id: 'frame.theme.dark', title: 'Use the dark theme', group: 'View', run: () => setTheme('dark') },
    { id: 'frame.theme.light', title: 'Use the light theme', group: 'View', run: () => setTheme('light') },
    {
      id: 'target.connect',
      title: 'Connect to…',
      group: 'Target',
      find: 'server database url service new',
      run: () => openDialog({ kind: 'connect' }),
    },
    ...saved.map((target) => ({
      id: `target.saved.${target.targetId}`,
      title: `Connect to ${target.name}`,
      group: 'Target',
      run: () => switchToSaved(target),
    })),
    { id: 'target.disconnect', title: 'Disconnect', group: 'Target', enabled: online, run: disconnect },
    {
      id: 'target.capabilities',
      title: 'Show what this server offers',
      group: 'Target',
      find: 'capabilities extensions grant missing',
      enabled: connection.status === 'connected',
      run: () => openDialog({ kind: 'capabilities' }),
    },
    {
      id: 'demo.start',
      title: 'Start the demo server and connect to it',
      group: 'Demo',
      enabled: demo !== 'starting' && !(connection.status === 'connected' && connection.isDemo),
      run: startDemo,
    },
    {
      id: 'demo.stop',
      title: 'Stop the demo server',
      group: 'Demo',
      enabled: demo === 'running',
      run: stopDemo,
    },
    {
      id: 'session.new',
      title: 'New session…',
      group: 'Session',
      run: () => openDialog({ kind: 'new-session' }),
    },
    {
      id: 'session.open',
      title: 'Open session…',
      group: 'Session',
      // In Electron the menu has this key, with the system's own dialog.
      ...(isElectron ? {} : { keys: 'mod+o' }),
      find: 'file barograph recording recent',
      run: () => openDialog({ kind: 'open-session' }),
    },
  ])
}

export const isMac = () => keyStyle() === 'signs'
