import { useCommands } from '#renderer/state/index.ts'
import { clearChips, dimensionNames, showBy, useLoadState } from './load-state.ts'

const group = 'Load'

/** The Load panel's commands. */
export function useLoadCommands(isRecorded: boolean): void {
  const hasChips = useLoadState((state) => state.chips.length > 0)
  useCommands([
    ...dimensionNames.map(([by, name], index) => ({
      id: `load.by.${by}`,
      title: `Load by ${name}`,
      group,
      keys: `alt+${index + 1}`,
      enabled: isRecorded,
      run: () => showBy(by),
    })),
    {
      id: 'load.clear',
      title: 'Take off all filters of the load',
      group,
      keys: 'shift+escape',
      enabled: hasChips,
      run: clearChips,
    },
  ])
}
