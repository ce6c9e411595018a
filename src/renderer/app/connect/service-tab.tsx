import { Field, Select } from '#renderer/kit/index.ts'
import { useTargets } from '#renderer/state/index.ts'
import { FormInput } from './form-input.tsx'
import type { ConnectForm } from './use-connect-form.ts'

/** A section of `pg_service.conf`. */
export function ServiceTab({ form }: { readonly form: ConnectForm }) {
  const hints = useTargets((store) => store.hints)
  const services = hints?.services ?? []
  const { draft, problems, change } = form
  const known = services.includes(draft.service) || draft.service === ''
  const options = [...services, ...(known ? [] : [draft.service])]
  return (
    <>
      {options.length === 0 ? (
        <FormInput
          form={form}
          field="service"
          label="Service"
          hint="No service was found; its name can still be given."
        />
      ) : (
        <Field
          label="Service"
          problem={problems.service}
          hint="Where it says host, port and the rest, that counts."
        >
          {({ id }) => (
            <Select
              id={id}
              value={draft.service}
              placeholder="Choose a service"
              options={options.map((service) => ({ value: service, label: service }))}
              onChange={(service) => change({ service })}
            />
          )}
        </Field>
      )}
      <div className="grid grid-cols-2 gap-3">
        <FormInput form={form} field="database" label="Database" placeholder="as the service says" />
        <FormInput form={form} field="user" label="User" placeholder="as the service says" />
      </div>
      <ul className="flex flex-col gap-0.5 text-sm text-ink-3">
        {(hints?.files ?? []).map((file) => (
          <li key={file.kind}>
            {file.kind === 'service' ? 'Services' : 'Passwords'}:{' '}
            <span className="font-mono">{file.path}</span>
            {file.problem !== undefined && <span className="text-warn"> · {file.problem}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}
