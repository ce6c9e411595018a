import { DefinitionList, Dot } from '#renderer/kit/index.ts'
import { useRecordingState, useSession, useWorkbench } from '#renderer/state/index.ts'
import { formatBytes, formatCount } from '#shared/units/index.ts'
import { formatMoment } from './format-moment.ts'
import { Meter } from './meter.tsx'
import { loopWords, memoryWords, observerFacts, observerLine, workbenchFacts } from './meters.ts'
import { RecordingMeter, ScreenLagMeter } from './recording-meter.tsx'
import { useConnectionWords } from './use-connection-words.ts'

/** Connection, what watching costs the server, what the workbench costs this machine, and the session's file. */
export function StatusBar() {
  const words = useConnectionWords()
  const state = useWorkbench((store) => store.state)
  const session = useSession((store) => store.session)
  const runs = useSession((store) => store.runs.length)
  const isRecording = useRecordingState().status === 'on'
  const observer = state?.observer
  // Between runs the observer rests; a recording's own figures then say all there is.
  const showsObserver =
    observer !== undefined && !(isRecording && observer.hz === 0 && observer.lagMs === undefined)
  return (
    <footer
      aria-label="Status"
      className="flex min-w-0 items-center gap-1 border-t border-line bg-surface-1 px-2 text-xs text-ink-2"
    >
      <span className="flex shrink-0 items-center gap-1.5 px-1.5">
        <Dot tone={words.tone} /> {words.word}
      </span>
      {state !== undefined && (
        <>
          <RecordingMeter />
          {showsObserver && (
            <Meter name="What observing a run costs">
              {observerLine(state.observer)}
              <DefinitionList items={observerFacts(state.observer)} />
            </Meter>
          )}
          <Meter name="What the workbench costs" keepsRoom>
            <>
              {memoryWords(state.memory)}
              {/* In small windows one click away: half a figure would be another one. */}
              <span className="max-[1199px]:hidden"> · {loopWords(state.memory)}</span>
            </>
            <DefinitionList items={workbenchFacts(state.memory)} />
          </Meter>
        </>
      )}
      <span className="flex-1" />
      <ScreenLagMeter />
      {session !== undefined && (
        <Meter align="end" name="Session file">
          <span className="flex">
            <span className="truncate">{session.path.split(/[\\/]/).at(-1)}</span>
            <span className="shrink-0 whitespace-pre"> · {formatBytes(session.fileBytes)}</span>
          </span>
          <DefinitionList
            items={[
              { term: 'file', value: session.path },
              {
                term: 'size',
                value: `${formatBytes(session.fileBytes)} (${formatCount(session.fileBytes)} B)`,
              },
              { term: 'runs', value: formatCount(runs) },
              { term: 'format', value: `version ${session.formatVersion}` },
              { term: 'made', value: formatMoment(session.createdAtMs) },
              ...(session.readOnly ? [{ term: 'access', value: 'read-only' }] : []),
            ]}
          />
        </Meter>
      )}
    </footer>
  )
}
