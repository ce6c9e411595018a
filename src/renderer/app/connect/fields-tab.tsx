import { Button } from '#renderer/kit/index.ts'
import { useTargets } from '#renderer/state/index.ts'
import { describeSettings } from './describe-settings.ts'
import { withSettings } from './draft.ts'
import { FormInput } from './form-input.tsx'
import type { ConnectForm } from './use-connect-form.ts'

export function FieldsTab({ form }: { readonly form: ConnectForm }) {
  const environment = useTargets((store) => store.hints?.fromEnvironment)
  return (
    <>
      {environment !== undefined && (
        <div className="flex items-center gap-3 rounded-md border border-line px-3 py-1.5 text-sm text-ink-2">
          <p className="min-w-0 flex-1">
            The PG* variables say <span className="text-ink">{describeSettings(environment)}</span>. Empty
            fields follow them.
          </p>
          <Button onClick={() => form.change(withSettings(form.draft, environment))}>Fill in</Button>
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_90px] gap-3">
        <FormInput
          form={form}
          field="host"
          label="Host"
          placeholder={environment?.host ?? 'localhost'}
          hint="A name, an address, or the folder of a unix socket."
        />
        <FormInput
          form={form}
          field="port"
          label="Port"
          inputMode="numeric"
          placeholder={String(environment?.port ?? 5432)}
        />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <FormInput
          form={form}
          field="database"
          label="Database"
          placeholder={environment?.database ?? 'as the user'}
        />
        <FormInput
          form={form}
          field="user"
          label="User"
          placeholder={environment?.user ?? 'as the system’s user'}
        />
      </div>
    </>
  )
}
