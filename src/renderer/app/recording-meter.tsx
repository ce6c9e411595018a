import { CopyButton, DefinitionList } from '#renderer/kit/index.ts'
import { useMarkers, useRecordingState, useScreenLag } from '#renderer/state/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { Meter } from './meter.tsx'
import { recordingFacts, recordingLine, screenLagFacts } from './recording-words.ts'

/** What recording does and costs; a click says what each figure means, what can't be seen, and what mends that. */
export function RecordingMeter() {
  const state = useRecordingState()
  const gaps = useMarkers().filter(({ kind }) => kind === 'gap').length
  const limits = state.status === 'on' ? state.limits : []
  const slowedBecause = state.status === 'on' ? state.cost.slowedBecause : undefined
  const problem = state.status === 'off' ? undefined : state.problem
  return (
    <Meter name="What recording costs" keepsRoom>
      <span className={problem !== undefined || state.status === 'waiting' ? 'text-warn' : ''}>
        {recordingLine(state, gaps)}
        {limits.length > 0 && (
          <span className="text-warn">
            {' '}
            · {limits.length} {limits.length === 1 ? 'limit' : 'limits'}
          </span>
        )}
      </span>
      <div className="flex flex-col gap-2">
        {state.status === 'off' && (
          <p className="text-ink-2">Nothing is recorded. The button in the top bar starts it.</p>
        )}
        {state.status === 'waiting' && (
          <p className="text-ink-2">
            The server is away. Recording goes on by itself when it is back; the time between is marked as a
            gap.
          </p>
        )}
        {problem !== undefined && <p className="text-warn">{problem}</p>}
        {slowedBecause !== undefined && <p className="text-warn">Slower than asked for: {slowedBecause}</p>}
        <DefinitionList items={recordingFacts(state, gaps)} />
        {limits.length > 0 && (
          <section className="flex flex-col gap-1.5 border-line border-t pt-2">
            <h3 className="text-ink-3 text-xs">What can’t be seen on this server</h3>
            {[...Map.groupBy(limits, ({ mend }) => mend)].map(([mend, mended]) => (
              <div key={mend ?? ''}>
                {mended.map(({ collector, message }) => (
                  <p key={`${collector} ${message}`}>{message}</p>
                ))}
                {mend !== undefined && (
                  <p className="flex items-center gap-1">
                    <code className="min-w-0 flex-1 rounded-sm bg-surface-0 px-1.5 py-0.5 font-mono text-sm break-words select-text">
                      {mend}
                    </code>
                    <CopyButton label="Copy the statement" text={mend} />
                  </p>
                )}
              </div>
            ))}
          </section>
        )}
      </div>
    </Meter>
  )
}

/** How far the screen is behind the server. */
export function ScreenLagMeter() {
  const lag = useScreenLag()
  const isOn = useRecordingState().status === 'on'
  if (lag === undefined || !isOn) return null
  return (
    <Meter name="From sample to screen" align="end" keepsRoom>
      {`sample → screen ${formatDuration(Math.round(lag.p95Ms))}`}
      <DefinitionList items={screenLagFacts(lag)} />
    </Meter>
  )
}
