import { useState } from 'react'
import { describeError } from '#renderer/client/index.ts'
import { Button, Dialog, ErrorNote, Field, Input } from '#renderer/kit/index.ts'
import { type ConnectInput, connectTo, useWorkbench } from '#renderer/state/index.ts'
import { DiagnosisNote, readDiagnosis } from './diagnosis-note.tsx'
import { useAction } from './use-action.ts'

export interface PasswordDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly input: ConnectInput
  readonly name: string
}

/** The server asks for a password that nobody keeps. */
export function PasswordDialog({ open, onOpenChange, input, name }: PasswordDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Password for ${name}`} width="narrow">
      <PasswordForm input={input} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

function PasswordForm({ input, onDone }: { readonly input: ConnectInput; readonly onDone: () => void }) {
  const [password, setPassword] = useState('')
  const keepsSecrets = useWorkbench((store) => store.info?.keepsSecrets ?? false)
  const connect = useAction(async (signal) => {
    try {
      await connectTo(input, password, signal)
      onDone()
    } catch (error) {
      // A wrong password is asked for again; anything else is shown by the frame as well.
      if (describeError(error).code !== 'PASSWORD_NEEDED') throw error
      throw new Error('The server did not accept this password.', { cause: error })
    }
  })
  const diagnosis = readDiagnosis(connect.error?.facts['diagnosis'])
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        connect.run()
      }}
    >
      <Field
        label="Password"
        hint={
          keepsSecrets && input.targetId !== undefined
            ? 'Used for this connection. To keep it in the keychain, save it with the target.'
            : 'Used for this connection and forgotten when the workbench ends.'
        }
      >
        {(ids) => <Input {...ids} type="password" autoFocus value={password} onChange={setPassword} />}
      </Field>
      {diagnosis !== undefined ? (
        <DiagnosisNote diagnosis={diagnosis} />
      ) : (
        connect.error !== undefined && (
          <ErrorNote
            title="Could not connect"
            message={connect.error.message}
            advice={connect.error.advice}
          />
        )
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Not now</Button>
        <Button type="submit" variant="primary" busy={connect.busy} disabled={password === ''}>
          Connect
        </Button>
      </div>
    </form>
  )
}
