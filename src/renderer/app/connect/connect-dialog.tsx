import { useEffect } from 'react'
import { Button, Dialog, Field, Input } from '#renderer/kit/index.ts'
import { loadHints, loadTargets, notifyError } from '#renderer/state/index.ts'
import type { SavedTarget } from '#shared/session/index.ts'
import { ConnectFields } from './connect-fields.tsx'
import { ConnectOutcome } from './connect-outcome.tsx'
import { PasswordFields } from './password-fields.tsx'
import { SavedTargets } from './saved-targets.tsx'
import { useConnectForm } from './use-connect-form.ts'

export interface ConnectDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** A saved target to edit. */
  readonly target?: SavedTarget | undefined
}

/** Says where to connect to, tries it, keeps it, connects. */
export function ConnectDialog({ open, onOpenChange, target }: ConnectDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Connect to a PostgreSQL server"
      description="PostgreSQL 13 to 18. Nothing is installed on the server."
      width="wide"
      padded={false}
    >
      <ConnectBody target={target} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function ConnectBody(props: { readonly target: SavedTarget | undefined; readonly onDone: () => void }) {
  const form = useConnectForm(props.target, props.onDone)
  const { draft, problems, change } = form
  useEffect(() => {
    loadHints().catch(notifyError)
    loadTargets().catch(notifyError)
  }, [])
  return (
    <div className="grid min-h-0 grid-cols-[190px_minmax(0,1fr)]">
      <SavedTargets activeId={draft.targetId} onSelect={form.load} />
      <form
        className="flex min-h-0 flex-col"
        onSubmit={(event) => {
          event.preventDefault()
          form.connect.run()
        }}
      >
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto px-4 py-3 *:shrink-0">
          <ConnectFields form={form} />
          <PasswordFields form={form} />
          <Field label="Name" hint="Needed only to save it." problem={problems.name}>
            {(ids) => (
              <Input
                {...ids}
                value={draft.name}
                invalid={problems.name !== undefined}
                placeholder="production, read replica"
                onChange={(name) => change({ name })}
              />
            )}
          </Field>
          <ConnectOutcome form={form} />
        </div>
        <footer className="flex items-center gap-2 border-t border-line px-4 py-3">
          <Button onClick={() => form.tryOut.run()} busy={form.tryOut.busy} disabled={form.busy}>
            Test
          </Button>
          <Button onClick={() => form.save.run()} busy={form.save.busy} disabled={form.busy}>
            {draft.targetId === undefined ? 'Save' : 'Save changes'}
          </Button>
          <span className="flex-1" />
          {form.busy && (
            <Button
              variant="quiet"
              onClick={() => {
                for (const action of [form.tryOut, form.save, form.connect]) action.stop()
              }}
            >
              Stop
            </Button>
          )}
          <Button type="submit" variant="primary" busy={form.connect.busy} disabled={form.busy}>
            Connect
          </Button>
        </footer>
      </form>
    </div>
  )
}
