import { Circle, Square } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { classes, Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#renderer/kit/index.ts'
import {
  setRecordingRate,
  startRecording,
  stopRecording,
  useRecordingRate,
  useRecordingState,
  useRecordsByItself,
  workbenchNowMs,
} from '#renderer/state/index.ts'
import type { RecordingState } from '#shared/session/index.ts'
import { formatStopwatch } from '../format-moment.ts'
import { whyNotRecording } from '../recording-words.ts'
import { useRecordable } from '../use-recordable.ts'
import { BarButton } from './bar-button.tsx'

const rates = [1, 2, 5, 10, 20, 50, 100] as const

/** Whether the session is being recorded, since when, how fast; and the way to change that. */
export function RecordMenu() {
  const state = useRecordingState()
  const recordable = useRecordable()
  const [rate, setRate] = useRecordingRate()
  const [byItself, setByItself] = useRecordsByItself()
  const isOn = state.status !== 'off'
  const hz = state.status === 'on' ? state.cost.hz : rate
  const whyNot = whyNotRecording(recordable)
  return (
    <Menu
      label="Recording"
      className="w-84"
      trigger={
        <BarButton className="shrink-0">
          <span className="sr-only">{describe(state)}:</span>
          <Face state={state} />
        </BarButton>
      }
    >
      {isOn ? (
        <MenuItem icon={Square} onSelect={stopRecording}>
          Stop recording
        </MenuItem>
      ) : (
        <MenuItem icon={Circle} disabled={whyNot !== undefined} onSelect={startRecording}>
          Start recording
        </MenuItem>
      )}
      {!isOn && whyNot !== undefined && <p className="px-2 pb-1 text-ink-2 text-sm">{whyNot}</p>}
      <MenuSeparator />
      <MenuLabel>Samples of activity a second</MenuLabel>
      <MenuChoice<string>
        value={String(hz)}
        options={rates.map((value) => ({ value: String(value), label: rateWords(value) }))}
        onChange={(next) => {
          setRate(Number(next))
          if (isOn) setRecordingRate(Number(next))
        }}
      />
      <MenuSeparator />
      <MenuItem checked={byItself} onSelect={() => setByItself(!byItself)}>
        Record servers as soon as they are connected
      </MenuItem>
    </Menu>
  )
}

function rateWords(hz: number): string {
  if (hz === 10) return '10 Hz, as usual'
  return hz === 100 ? '100 Hz, to catch short waits' : `${hz} Hz`
}

function Face({ state }: { readonly state: RecordingState }) {
  if (state.status === 'off') {
    return (
      <>
        <Circle size={13} aria-hidden className="text-ink-3" />
        <span className="text-ink-2">Record</span>
      </>
    )
  }
  const isWaiting = state.status === 'waiting'
  const tone = state.problem !== undefined || isWaiting ? 'text-warn' : 'text-bad'
  return (
    <span className={classes('flex items-center gap-1.5 font-semibold', tone)}>
      <span
        aria-hidden
        className={classes(
          'size-2 rounded-full',
          isWaiting ? 'ring-2 ring-current ring-inset' : 'bg-current',
        )}
      />
      {isWaiting ? 'WAIT' : 'REC'} <Elapsed sinceMs={isWaiting ? state.since : state.startedAtMs} />
    </span>
  )
}

function describe(state: RecordingState): string {
  if (state.status === 'off') return 'Recording: off'
  if (state.status === 'waiting') return 'Recording: waits for the server'
  return state.problem === undefined ? 'Recording: on' : 'Recording: can’t write to the session'
}

/** Changes once a second, and nothing else with it. */
function Elapsed({ sinceMs }: { readonly sinceMs: number }): ReactNode {
  const [nowMs, setNowMs] = useState(workbenchNowMs)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(workbenchNowMs()), 500)
    return () => clearInterval(timer)
  }, [])
  return <span>{formatStopwatch(Math.max(0, nowMs - sinceMs))}</span>
}
