import { Checkbox, Field, Input } from '#renderer/kit/index.ts'
import { useTargets, useWorkbench } from '#renderer/state/index.ts'
import type { ConnectForm } from './use-connect-form.ts'

export function PasswordFields({ form }: { readonly form: ConnectForm }) {
  const { draft, problems, change } = form
  const keepsSecrets = useWorkbench((store) => store.info?.keepsSecrets ?? false)
  const hasSecret = useTargets(
    (store) => store.saved?.find((target) => target.targetId === draft.targetId)?.hasSecret ?? false,
  )
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Password"
        hint={
          hasSecret ? 'Empty uses the one in the keychain.' : 'Empty uses the password file, if it has one.'
        }
        problem={problems.password}
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            value={draft.password}
            invalid={problems.password !== undefined}
            onChange={(password) => change({ password })}
          />
        )}
      </Field>
      {keepsSecrets ? (
        <Checkbox checked={draft.remember} onChange={(remember) => change({ remember })}>
          Save the password in this system’s keychain, with the target
        </Checkbox>
      ) : (
        <p className="text-sm text-ink-3">
          There is no keychain here: the password is used for this connection and forgotten when the workbench
          ends.
        </p>
      )}
    </div>
  )
}
