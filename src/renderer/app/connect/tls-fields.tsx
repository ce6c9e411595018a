import { Field, Select } from '#renderer/kit/index.ts'
import type { SslMode } from '#shared/session/index.ts'
import { FormInput } from './form-input.tsx'
import type { ConnectForm } from './use-connect-form.ts'

/** What each mode protects from, in a few words. `default` stands for "not said": Radix takes no empty value. */
const modes = [
  { value: 'default', label: 'default', detail: 'PGSSLMODE, else prefer' },
  { value: 'disable', label: 'disable', detail: 'never encrypted' },
  { value: 'allow', label: 'allow', detail: 'encrypted if the server insists' },
  { value: 'prefer', label: 'prefer', detail: 'encrypted if the server can' },
  { value: 'require', label: 'require', detail: 'encrypted; anyone may answer' },
  { value: 'verify-ca', label: 'verify-ca', detail: 'certificate signed by the CA' },
  { value: 'verify-full', label: 'verify-full', detail: 'and made for this host' },
] as const satisfies readonly { value: SslMode | 'default'; label: string; detail: string }[]

export function TlsFields({ form }: { readonly form: ConnectForm }) {
  const { draft, problems, change } = form
  return (
    <div className="grid grid-cols-[150px_minmax(0,1fr)_110px] gap-3">
      <Field label="TLS" problem={problems.sslMode}>
        {({ id }) => (
          <Select
            id={id}
            value={draft.sslMode === '' ? 'default' : draft.sslMode}
            options={modes}
            onChange={(mode) => change({ sslMode: mode === 'default' ? '' : mode })}
          />
        )}
      </Field>
      <FormInput
        form={form}
        field="sslRootCert"
        label="CA file"
        placeholder="path of a PEM file, or: system"
      />
      <FormInput
        form={form}
        field="timeoutSeconds"
        label="Give up after (s)"
        inputMode="decimal"
        placeholder="10"
      />
    </div>
  )
}
