import { useState } from 'react'
import { Button, Dialog, ErrorNote, Field, Input } from '#renderer/kit/index.ts'
import { useWorkbench } from '#renderer/state/index.ts'
import { useAction } from '../use-action.ts'
import { createSession } from './session-actions.ts'

export interface NewSessionDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

export function NewSessionDialog({ open, onOpenChange }: NewSessionDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New session"
      description="Starts an empty one; the open session is kept as it is."
      width="narrow"
    >
      <NewSession onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function NewSession({ onDone }: { readonly onDone: () => void }) {
  const [name, setName] = useState('')
  const [path, setPath] = useState('')
  const folder = useWorkbench((store) => store.info?.sessionsFolder)
  const create = useAction(async (signal) => {
    await createSession(name.trim(), path.trim(), signal)
    onDone()
  })
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        create.run()
      }}
    >
      <Field label="Name">
        {(ids) => <Input {...ids} autoFocus value={name} onChange={setName} placeholder="checkout is slow" />}
      </Field>
      <Field label="File" hint={folder === undefined ? undefined : `Left empty, it goes into ${folder}.`}>
        {(ids) => <Input {...ids} mono value={path} onChange={setPath} placeholder="/…/name.barograph" />}
      </Field>
      {create.error !== undefined && (
        <ErrorNote title={create.error.title} message={create.error.message} advice={create.error.advice} />
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" busy={create.busy}>
          Make session
        </Button>
      </div>
    </form>
  )
}
