import './page.css'
import { createRoot } from 'react-dom/client'
import { Toasts, TooltipProvider } from '#renderer/kit/index.ts'
import { PlanInspector, PlanViews, type ReadPlan, readPlan } from '#renderer/plan-views/index.ts'
import {
  commandKeys,
  dismissNotice,
  matchesKeys,
  runCommand,
  useCommandList,
  useNotices,
  usePreferences,
} from '#renderer/state/index.ts'
import { applyTheme } from '#renderer/theme/index.ts'
import type { FindingAction } from '#shared/plan/index.ts'

declare global {
  interface Window {
    /** What findings asked for, for the test to look at. */
    readonly actions: FindingAction[]
  }
}

/** A plan's views and its inspector with nothing around them: no server, no workbench. */
function Page({ read }: { readonly read: ReadPlan }) {
  const notices = useNotices((store) => store.notices)
  if (read.kind !== 'plan') return <p role="alert">{read.kind}</p>
  const { document } = read
  return (
    <TooltipProvider>
      <main className="flex h-full">
        <h1 className="sr-only">A plan</h1>
        <div className="min-w-0 flex-1">
          <PlanViews
            document={document}
            onAction={(action) => window.actions.push(action)}
            linkTo={(nodeId) => `${location.origin}/#run=plan&node=${nodeId}`}
          />
        </div>
        <section aria-label="Inspector" tabIndex={0} className="w-79 shrink-0 overflow-auto bg-surface-2">
          <PlanInspector document={document} />
        </section>
      </main>
      <Toasts items={notices} onDismiss={dismissNotice} />
    </TooltipProvider>
  )
}

/** As the frame does: commands by their keys. */
function listenForKeys(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      const inText = event.target instanceof HTMLInputElement
      const command = useCommandList
        .getState()
        .commands.find((one) =>
          commandKeys(one).some((keys) => matchesKeys(keys, event, false) && (!inText || keys.includes('+'))),
        )
      if (command === undefined) return
      event.preventDefault()
      event.stopPropagation()
      runCommand(command.id)
    },
    { capture: true },
  )
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
Object.assign(window, { actions: [] })
usePreferences.setState({ values: {} })
applyTheme('system')
listenForKeys()
const { planJson, statement } = (await (await fetch('/plan.json')).json()) as {
  readonly planJson: string
  readonly statement?: string
}
// The clock of the budgets: from here, the text is at hand.
performance.mark('plan-text')
createRoot(root).render(<Page read={readPlan({ id: 'plan', planJson, statement })} />)
