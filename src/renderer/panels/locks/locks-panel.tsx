import { Ban, ChevronLeft, ChevronRight, LockKeyhole, OctagonX } from 'lucide-react'
import { useEffect, useState } from 'react'
import { formatClock } from '#renderer/charts/index.ts'
import { describeError } from '#renderer/client/index.ts'
import {
  Button,
  classes,
  EmptyState,
  ErrorNote,
  IconButton,
  Spinner,
  Split,
  SplitHandle,
  SplitPane,
  StopDialog,
  type Stopping,
  TabPanel,
  Tabs,
} from '#renderer/kit/index.ts'
import { Limits, NothingRecorded, useLimits } from '#renderer/limits/index.ts'
import { MomentServerWords } from '#renderer/session-charts/index.ts'
import {
  stopBackend,
  useCommands,
  useConnection,
  useHasEnded,
  useHasRecorded,
  useIsAway,
  useServer,
  useSplitLayout,
  useTimeRange,
} from '#renderer/state/index.ts'
import type { LockMoments } from '#shared/contract/index.ts'
import { BlameTables } from './blame-tables.tsx'
import { LockGraph, mostNodes } from './graph/lock-graph.tsx'
import { warmLayout } from './graph/request-layout.ts'
import { LockTree } from './lock-tree.tsx'
import { chooseEnd, selectNone, useLocks, useMoment } from './locks-state.ts'
import type { LockPicture } from './picture.ts'
import { showMoment, stepMoment } from './step-moment.ts'
import { useLastWait } from './use-last-wait.ts'
import { useLockMoments, useLockPicture } from './use-locks.ts'
import { WaiterStrip } from './waiter-strip.tsx'
import { summarise } from './words.ts'

/** Who waits for whose locks: now, or at the recorded moment at the range's end; and who caused the waiting of the range. */
export function LocksPanel() {
  const { picture, isLoading, error } = useLockPicture()
  const moments = useLockMoments()
  const { follows, range } = useTimeRange()
  const hasServer = useServer() !== undefined
  const hasEnded = useHasEnded()
  const hasRecorded = useHasRecorded()
  const [stopping, setStopping] = useState<Stopping>()
  const selectedPid = useLocks((state) => state.selectedPid)
  const layout = useSplitLayout('locks.split')
  const selected = selectedPid === undefined ? undefined : picture?.byPid.get(selectedPid)
  // What is over can't be stopped: by now its numbers may be somebody else's.
  const momentMs = useMoment()
  const isNow = follows && hasServer && !hasEnded && momentMs === undefined
  const lastWait = useLastWait(isNow, moments.answer, picture)
  const shown = lastWait ?? picture
  // The inspector tells of the same look.
  useEffect(() => useLocks.setState({ picture: shown, isOver: lastWait !== undefined }), [shown, lastWait])
  const canStop = isNow && selected?.backend?.backendType === 'client backend'
  // Who is idle has no statement that could be cancelled, in a transaction or not.
  const canCancel = canStop && !selected.backend.state.startsWith('idle')
  const ask = (how: Stopping['how']) => {
    if (selected?.backend !== undefined)
      setStopping({ how, row: { ...selected.backend, blocks: selected.blocks } })
  }
  // Whoever waits first is drawn at once.
  useEffect(() => {
    warmLayout().catch(() => undefined)
  }, [])
  const step = (to: 'earlier' | 'later') => void stepMoment(picture?.atMs ?? range.toMs, to)

  useCommands([
    {
      id: 'locks.earlier',
      title: 'Go to the time before at which somebody waited',
      group: 'Locks',
      keys: '<',
      repeats: true,
      run: () => step('earlier'),
    },
    {
      id: 'locks.later',
      title: 'Go to the next time at which somebody waited',
      group: 'Locks',
      keys: '>',
      repeats: true,
      run: () => step('later'),
    },
    {
      id: 'locks.none',
      title: 'Select no process',
      group: 'Locks',
      keys: 'escape',
      enabled: selectedPid !== undefined,
      run: selectNone,
    },
    {
      id: 'locks.cancel',
      title: 'Cancel the selected process’s statement',
      group: 'Locks',
      find: 'pg_cancel_backend stop',
      enabled: canCancel,
      run: () => ask('cancel'),
    },
    {
      id: 'locks.terminate',
      title: 'End the selected process',
      group: 'Locks',
      find: 'pg_terminate_backend kill',
      enabled: canStop,
      run: () => ask('terminate'),
    },
  ])

  return (
    <section aria-label="Locks" className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-1">
        <span role="status" className="min-w-0 flex-1 truncate">
          {picture === undefined ? '' : summarise(picture)}
        </span>
        {!isNow && <MomentServerWords atMs={picture?.atMs} />}
        <span className="text-ink-3 text-xs">
          {picture !== undefined && (isNow ? 'now' : formatClock(picture.atMs))}
        </span>
        {momentMs !== undefined && (
          <Button onClick={chooseEnd}>
            {follows && hasServer && !hasEnded ? 'Back to now' : 'To the range’s end'}
          </Button>
        )}
        <span className="inline-flex">
          <IconButton
            icon={ChevronLeft}
            label="The time before at which somebody waited"
            onClick={() => step('earlier')}
          />
          <IconButton
            icon={ChevronRight}
            label="The next time at which somebody waited"
            onClick={() => step('later')}
          />
        </span>
        <Button icon={Ban} disabled={!canCancel} onClick={() => ask('cancel')}>
          Cancel statement
        </Button>
        <Button icon={OctagonX} disabled={!canStop} onClick={() => ask('terminate')}>
          End process
        </Button>
      </div>
      <Limits limits={useLimits(['activity'])} />
      {!hasServer && hasRecorded === false ? (
        <NothingRecorded icon={LockKeyhole} shows="who waits for whose locks" />
      ) : (
        <>
          <WaiterStrip moments={moments.answer} atMs={picture?.atMs} />
          {error !== undefined && <Problem error={error} />}
          <Split direction="rows" {...layout} className="flex-1">
            <SplitPane id="picture" min={160}>
              <Picture
                picture={shown}
                isOver={lastWait !== undefined}
                isLoading={isLoading}
                moments={moments.answer}
              />
            </SplitPane>
            <SplitHandle label="Height of what was waited for over the range" />
            <SplitPane id="blame" size="32%" min={90}>
              <BlameTables />
            </SplitPane>
          </Split>
        </>
      )}
      <StopDialog
        stopping={stopping}
        onStop={({ how, row }) => void stopBackend(how, row)}
        onDone={() => setStopping(undefined)}
      />
    </section>
  )
}

function Picture({
  picture,
  isOver,
  isLoading,
  moments,
}: {
  readonly picture: LockPicture | undefined
  /** It is of a moment ago, when somebody waited. */
  readonly isOver: boolean
  readonly isLoading: boolean
  readonly moments: LockMoments | undefined
}) {
  const chosen = useLocks((state) => state.view)
  const isReconnecting = useConnection().status === 'reconnecting'
  // Before its connection is given up it has been silent for a while, and the recording has noticed.
  const isSilent = useIsAway()
  const isAway = isReconnecting || isSilent
  if (picture === undefined) {
    if (isLoading) {
      return (
        <div className="grid h-full place-items-center text-ink-3">
          <Spinner />
        </div>
      )
    }
    return isAway ? (
      <EmptyState title="The server is away">
        It goes on by itself when the server is back. The strip above shows what was seen before.
      </EmptyState>
    ) : (
      <EmptyState title="Nothing was recorded at this moment">
        Connect to a server and record it, or choose a time that was recorded.
      </EmptyState>
    )
  }
  if (picture.waiters === 0) {
    const worst = worstOf(moments?.moments ?? [])
    return (
      <EmptyState
        title={worst === undefined ? 'Nobody waits for a lock' : 'Nobody waits for a lock at this moment'}
        actions={
          worst === undefined ? undefined : (
            <Button onClick={() => showMoment(worst.atMs)}>
              {`Show when most waited: ${worst.waiters} at ${formatClock(worst.atMs, 1_000)}`}
            </Button>
          )
        }
      >
        The strip above shows when somebody did; &lt; and &gt; go there.
      </EmptyState>
    )
  }
  const isTooMany = picture.processes.length > mostNodes
  return (
    <Tabs
      label="How waiting is shown"
      className="h-full"
      value={isTooMany ? 'tree' : chosen}
      onChange={(view) => useLocks.setState({ view })}
      items={[
        { id: 'graph', label: 'Graph', disabled: isTooMany },
        { id: 'tree', label: 'Tree' },
      ]}
      actions={
        <span className="truncate text-ink-3 text-xs">
          {isOver
            ? undefined
            : isTooMany
              ? `${picture.processes.length} processes: too many for a graph, so they are told as a tree`
              : chosen === 'graph' &&
                'who waits points to whom it waits for · dashed: merely ahead in the queue'}
        </span>
      }
    >
      <TabPanel id="graph" className="relative">
        <div className={classes('absolute inset-0', isOver && 'grayscale')}>
          <LockGraph picture={picture} />
        </div>
        {isOver && <OverNote picture={picture} />}
      </TabPanel>
      <TabPanel id="tree" className="relative flex flex-col">
        <div className={classes('flex min-h-0 flex-1 flex-col', isOver && 'grayscale')}>
          <LockTree picture={picture} />
        </div>
        {isOver && <OverNote picture={picture} />}
      </TabPanel>
    </Tabs>
  )
}

/** When most waited at once, the latest of these. */
function worstOf(moments: LockMoments['moments']): LockMoments['moments'][number] | undefined {
  return moments.reduce<LockMoments['moments'][number] | undefined>(
    (worst, moment) => (worst === undefined || moment.waiters >= worst.waiters ? moment : worst),
    undefined,
  )
}

/** What is seen is not so any more, and when it was. */
function OverNote({ picture }: { readonly picture: LockPicture }) {
  return (
    <p className="absolute top-2 left-3 flex items-center gap-2 rounded-md border border-line-strong bg-surface-2 px-2 py-0.5 text-sm">
      <span className="font-semibold">A moment ago</span>
      <span className="text-ink-2">as it was at {formatClock(picture.atMs)}</span>
      <button
        type="button"
        className="rounded-sm px-1 text-accent hover:bg-surface-3"
        onClick={() => showMoment(picture.atMs)}
      >
        stay there
      </button>
    </p>
  )
}

function Problem({ error }: { readonly error: unknown }) {
  const { title, message, advice } = describeError(error)
  return (
    <div className="p-3">
      <ErrorNote title={title} message={message} advice={advice} />
    </div>
  )
}
