import { useCommands } from './commands.ts'
import { live } from './live.ts'
import { pointed } from './pointed.ts'
import {
  currentRange,
  follow,
  isFollowing,
  setRange,
  setRangeEnd,
  shiftRange,
  toggleFollow,
  useRangeChoice,
  zoomRange,
} from './range.ts'
import { currentExtent } from './recording.ts'
import { sampleStep } from './sample-step.ts'

const group = 'Time'

/** How the keyboard moves the window's time range. Offered once, by the frame. */
export function useRangeCommands(isRecorded: boolean): void {
  const follows = useRangeChoice().kind === 'follow'
  const enabled = isRecorded
  useCommands([
    {
      id: 'time.pause',
      title: follows ? 'Pause: stay where the range is' : 'Go on following now',
      group,
      keys: 'space',
      enabled,
      find: 'resume stop live',
      run: toggleFollow,
    },
    { id: 'time.follow', title: 'Follow now', group, keys: 'f', enabled, run: () => follow() },
    {
      id: 'time.earlier',
      title: 'Step to the sample before',
      group,
      keys: ',',
      repeats: true,
      enabled,
      run: () => step(-1),
    },
    {
      id: 'time.later',
      title: 'Step to the next sample',
      group,
      keys: '.',
      repeats: true,
      enabled,
      run: () => step(1),
    },
    {
      id: 'time.from',
      title: 'Begin the range where the pointer is',
      group,
      keys: '[',
      enabled,
      run: () => setEnd('from'),
    },
    {
      id: 'time.to',
      title: 'End the range where the pointer is',
      group,
      keys: ']',
      enabled,
      run: () => setEnd('to'),
    },
    {
      id: 'time.in',
      title: 'Show less time',
      group,
      keys: '+',
      repeats: true,
      enabled,
      run: () => zoomRange(0.5, pointed.get()),
    },
    {
      id: 'time.out',
      title: 'Show more time',
      group,
      keys: '-',
      repeats: true,
      enabled,
      run: () => zoomRange(2, pointed.get()),
    },
    {
      id: 'time.all',
      title: 'Show the whole session',
      group,
      keys: '0',
      enabled,
      find: 'zoom everything',
      run: () => {
        const extent = currentExtent()
        if (extent !== undefined) setRange(extent)
      },
    },
    {
      id: 'time.back',
      title: 'Move the range back by half of it',
      group,
      keys: 'shift+left',
      repeats: true,
      enabled,
      run: () => shiftByHalf(-1),
    },
    {
      id: 'time.on',
      title: 'Move the range on by half of it',
      group,
      keys: 'shift+right',
      repeats: true,
      enabled,
      run: () => shiftByHalf(1),
    },
  ])
}

function step(direction: 1 | -1): void {
  shiftRange(sampleStep(live.ticks, currentRange().toMs, direction))
}

function shiftByHalf(direction: 1 | -1): void {
  const { fromMs, toMs } = currentRange()
  shiftRange((direction * (toMs - fromMs)) / 2)
}

/** Without a pointed moment there is none to put the end at, except the range's own middle. */
function setEnd(end: 'from' | 'to'): void {
  const { fromMs, toMs } = currentRange()
  const atMs = pointed.get() ?? (fromMs + toMs) / 2
  if (isFollowing() && end === 'from') follow(Math.max(1_000, toMs - atMs))
  else setRangeEnd(end, atMs)
}
