import { formatClock } from '#renderer/charts/index.ts'
import { Button, CopyButton, type Definition, DefinitionList } from '#renderer/kit/index.ts'
import { requestStatement, useActivePanel } from '#renderer/state/index.ts'
import type { BackendSample } from '#shared/activity/index.ts'
import type { RecordedBlocker } from '#shared/contract/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { useLocks } from './locks-state.ts'
import { isPrepared, type LockProcess } from './picture.ts'
import { describeHeld, describeWait, longestWaitMs, transactionAge } from './words.ts'

/** Everything that is known of the selected process, or of one that kept others waiting at another time. */
export function LocksInspector() {
  const { picture, isOver, selectedPid, blocker } = useLocks()
  const process = selectedPid === undefined ? undefined : picture?.byPid.get(selectedPid)
  // Of what is over, what was chosen last counts.
  const isOfRange = isOver && blocker !== undefined
  if (picture !== undefined && process !== undefined && !isOfRange) {
    return (
      <Body
        title={isPrepared(process) ? 'Prepared transactions' : `Process ${process.pid}`}
        {...(isOver ? { about: `As it was a moment ago, at ${formatClock(picture.atMs)}.` } : {})}
        items={facts(process, picture.atMs)}
        backend={process.backend}
      />
    )
  }
  if (blocker === undefined) return null
  return (
    <Body
      title={blocker.backend === undefined ? 'Prepared transactions' : `Process ${blocker.pid}`}
      about="Nobody waits for it at the moment that is shown. Over the range it kept others waiting:"
      items={blameFacts(blocker)}
      backend={blocker.backend}
    />
  )
}

interface BodyProps {
  readonly title: string
  readonly about?: string
  readonly items: readonly Definition[]
  readonly backend: BackendSample | undefined
}

function Body({ title, about, items, backend }: BodyProps) {
  const [, setPanel] = useActivePanel('')
  const statement = backend?.statement
  return (
    <div className="flex flex-col gap-3 p-3">
      <h2 className="font-semibold">{title}</h2>
      {about !== undefined && <p className="text-ink-2 text-sm">{about}</p>}
      <DefinitionList items={items} />
      {statement !== undefined && statement !== '' && (
        <section className="flex flex-col gap-1">
          <div className="flex items-center justify-between">
            <h3 className="text-ink-3 text-xs">
              {backend?.state === 'active' ? 'Statement' : 'Last statement'}
            </h3>
            <CopyButton label="Copy the statement" text={statement} />
          </div>
          <pre className="max-h-80 overflow-auto rounded-sm bg-surface-0 p-2 font-mono text-sm whitespace-pre-wrap select-text">
            {statement}
          </pre>
          <div>
            <Button
              onClick={() => {
                requestStatement(statement)
                setPanel('query')
              }}
            >
              Open in Query
            </Button>
          </div>
        </section>
      )}
    </div>
  )
}

function blameFacts({
  causedMs,
  directMs,
  waiters,
  mostWaiters,
  backend,
}: RecordedBlocker): readonly Definition[] {
  const known: readonly (readonly [string, string | undefined, string])[] = [
    ['caused', formatDuration(Math.round(causedMs)), 'time that others waited and that goes back to it'],
    ['directly', formatDuration(Math.round(directMs)), 'time that it stood in their way itself'],
    ['waiters', `${waiters}, ${mostWaiters} at once`, 'different processes; most at once'],
    ['last seen', backend?.state, 'pg_stat_activity.state'],
    ['database', backend?.database, 'datname'],
    ['user', backend?.user, 'usename'],
    ['application', backend?.application, 'application_name'],
    ['client', backend?.client, 'client_addr'],
  ]
  return known.flatMap(([term, value, title]) => (value === undefined ? [] : [{ term, value, title }]))
}

function facts(process: LockProcess, atMs: number): readonly Definition[] {
  const { backend, waits, held, blocks } = process
  const waitedMs = longestWaitMs(process)
  const hard = waits.flatMap((wait) => wait.hard)
  const soft = waits.flatMap((wait) => wait.soft)
  const known: readonly (readonly [string, string | undefined, string])[] = [
    ['waits for', waits.length === 0 ? undefined : waits.map(describeWait).join(', '), 'pg_locks'],
    [
      'waiting for',
      waitedMs === undefined ? undefined : formatDuration(Math.round(waitedMs)),
      'waitstart; before version 14 since it was first seen',
    ],
    ['held by', hard.length === 0 ? undefined : hard.join(', '), 'who holds a mode that conflicts'],
    ['behind', soft.length === 0 ? undefined : soft.join(', '), 'who is directly ahead in the queue'],
    ['holds', held.length === 0 ? undefined : describeHeld(held), 'pg_locks: what somebody waits for'],
    ['blocks', blocks === 0 ? undefined : String(blocks), 'who waits for it, directly or behind others'],
    ['state', backend?.state, 'pg_stat_activity.state'],
    ['transaction for', transactionAge(process, atMs), 'xact_start'],
    ['database', backend?.database, 'datname'],
    ['user', backend?.user, 'usename'],
    ['application', backend?.application, 'application_name'],
    ['client', backend?.client, 'client_addr'],
    ['kind', backend?.backendType, 'backend_type'],
  ]
  return known.flatMap(([term, value, title]) => (value === undefined ? [] : [{ term, value, title }]))
}
