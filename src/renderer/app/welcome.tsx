import { FlaskConical, PlugZap, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, classes, ErrorNote, ProgressBar, Spinner } from '#renderer/kit/index.ts'
import { useActivePanel, useConnection, useSession, useTargets, useWorkbench } from '#renderer/state/index.ts'
import type { ConnectionState, DemoState } from '#shared/session/index.ts'
import { disconnect, startDemo, stopDemo, switchToSaved, tryAgain } from './actions.ts'
import { describeSettings } from './connect/describe-settings.ts'
import { DiagnosisNote } from './diagnosis-note.tsx'
import { openDialog } from './dialogs.ts'
import { goOnWithoutServer } from './stage.ts'

/** The first screen: how it is going, or how to begin. */
export function Welcome() {
  const connection = useConnection()
  const demo = useWorkbench((store) => store.state?.demo)
  const runs = useSession((store) => store.runs.length)
  if (demo === undefined) return null

  const isBusy = demo.status === 'starting' || connection.status === 'connecting'
  return (
    <div className="mx-auto flex min-h-full max-w-150 flex-col justify-center gap-5 px-6 py-8">
      <header>
        <h1 className="text-xl font-semibold">{isBusy ? 'Nearly there' : 'Where does the time go?'}</h1>
        <p className="text-ink-2">
          {isBusy
            ? 'You can go on as soon as the server answers.'
            : 'Barograph watches a PostgreSQL server and shows what it spends its time on.'}
        </p>
      </header>
      {demo.status === 'starting' ? (
        <DemoProgress demo={demo} />
      ) : connection.status === 'connecting' ? (
        <Progress label={`Connecting to ${connection.name}…`}>
          <Button onClick={disconnect}>Cancel</Button>
        </Progress>
      ) : (
        <>
          <Trouble connection={connection} demo={demo} />
          <Choices />
          <LookAtPlan />
          <SavedTargetList />
        </>
      )}
      <p className="text-ink-3">
        <button
          type="button"
          className="rounded-sm text-ink-2 underline hover:text-ink"
          onClick={goOnWithoutServer}
        >
          {runs === 0
            ? 'Go on without a server'
            : `Look at the ${runs === 1 ? 'run' : `${runs} runs`} of this session`}
        </button>
      </p>
    </div>
  )
}

/** Before the first answer. */
export function Waking() {
  const link = useWorkbench((store) => store.link)
  // Why it can't be reached is in the banner.
  if (link.status === 'unreachable') return null
  return (
    <div className="grid h-full place-items-center text-ink-2">
      <p className="flex items-center gap-2">
        <Spinner /> Reaching the workbench…
      </p>
    </div>
  )
}

function DemoProgress({ demo }: { readonly demo: DemoState & { readonly status: 'starting' } }) {
  return (
    <Progress label={demo.step} value={demo.progress}>
      <p className="min-w-0 flex-1 text-sm text-ink-3">
        A PostgreSQL 18 of its own, with a shop of about two million rows. It is made once; later starts take
        seconds.
      </p>
      <Button onClick={stopDemo}>Cancel</Button>
    </Progress>
  )
}

function Progress(props: { readonly label: string; readonly value?: number; readonly children?: ReactNode }) {
  const { label, value, children } = props
  return (
    <section aria-label="Progress" className="flex flex-col gap-2.5 rounded-lg border border-line-strong p-4">
      <div className="flex items-baseline justify-between gap-4">
        <p role="status" className="font-medium">
          {label}
        </p>
        {value !== undefined && <span className="text-ink-2">{Math.round(value * 100)} %</span>}
      </div>
      <ProgressBar label={label} {...(value === undefined ? {} : { value })} />
      <div className="flex items-center justify-end gap-4">{children}</div>
    </section>
  )
}

function Trouble({ connection, demo }: { readonly connection: ConnectionState; readonly demo: DemoState }) {
  return (
    <>
      {demo.status === 'failed' && (
        <ErrorNote title="The demo server did not start" message={demo.message} advice={demo.advice} />
      )}
      {connection.status === 'failed' && (
        <DiagnosisNote
          what={`Could not connect to ${connection.name}`}
          diagnosis={connection.diagnosis}
          actions={<Button onClick={() => tryAgain(connection.name)}>Try again</Button>}
        />
      )}
      {connection.status === 'reconnecting' && (
        <DiagnosisNote
          tone="warn"
          what={`Connecting to ${connection.name} again`}
          diagnosis={connection.diagnosis}
          actions={<Button onClick={disconnect}>Give up</Button>}
        />
      )}
    </>
  )
}

function Choices() {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Choice
        icon={<FlaskConical size={18} aria-hidden />}
        title="Start the demo server"
        onClick={startDemo}
        isMain
      >
        A real PostgreSQL 18 with a shop and its troubles to find. Nothing to set up, nothing leaves this
        machine.
      </Choice>
      <Choice
        icon={<PlugZap size={18} aria-hidden />}
        title="Connect to…"
        onClick={() => openDialog({ kind: 'connect' })}
      >
        Any PostgreSQL from 13 to 18, by URL, fields or service. A test says what is wrong in words.
      </Choice>
    </div>
  )
}

/** A plan needs no server: it can be looked at before, or instead of, any connection. */
function LookAtPlan() {
  const [, setPanel] = useActivePanel('')
  return (
    <Choice
      icon={<Workflow size={18} aria-hidden />}
      title="Look at a plan or a log"
      onClick={() => {
        setPanel('plans')
        goOnWithoutServer()
      }}
    >
      Paste the output of EXPLAIN anywhere in this window, or drop a file: a plan in any format, or a server
      log of any size. No server needed.
    </Choice>
  )
}

function Choice(props: {
  readonly icon: ReactNode
  readonly title: string
  readonly onClick: () => void
  readonly isMain?: boolean
  readonly children: ReactNode
}) {
  const { icon, title, onClick, isMain = false, children } = props
  return (
    <button
      type="button"
      onClick={onClick}
      className={classes(
        'flex flex-col gap-1 rounded-lg border p-4 text-left hover:bg-surface-3',
        isMain ? 'border-accent bg-accent-soft/40' : 'border-line-strong bg-surface-2',
      )}
    >
      <span className="flex items-center gap-2 font-semibold">
        <span className={isMain ? 'text-accent' : 'text-ink-3'}>{icon}</span>
        {title}
      </span>
      <span className="text-ink-2">{children}</span>
    </button>
  )
}

function SavedTargetList() {
  const saved = useTargets((store) => store.saved) ?? []
  if (saved.length === 0) return null
  return (
    <section>
      <h2 className="mb-1 text-sm text-ink-3">Saved targets</h2>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {saved.map((target) => (
          <li key={target.targetId}>
            <button
              type="button"
              onClick={() => switchToSaved(target)}
              className="flex w-full items-baseline gap-3 px-3 py-1.5 text-left hover:bg-surface-3 focus-visible:-outline-offset-2"
            >
              <span className="font-medium">{target.name}</span>
              <span className="min-w-0 truncate text-ink-3">{describeSettings(target.settings)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
