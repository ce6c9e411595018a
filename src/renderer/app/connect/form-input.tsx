import type { ReactNode } from 'react'
import { Field, Input } from '#renderer/kit/index.ts'
import type { DraftField } from './draft.ts'
import type { ConnectForm } from './use-connect-form.ts'

export interface FormInputProps {
  readonly form: ConnectForm
  readonly field: Exclude<DraftField, 'sslMode'>
  readonly label: string
  readonly hint?: ReactNode
  readonly placeholder?: string
  readonly className?: string
  readonly inputMode?: 'numeric' | 'decimal'
}

/** One line of the form, with what is wrong with it. */
export function FormInput(props: FormInputProps) {
  const { form, field, label, hint, placeholder, className, inputMode } = props
  const problem = form.problems[field]
  return (
    <Field label={label} hint={hint} problem={problem} {...(className === undefined ? {} : { className })}>
      {(ids) => (
        <Input
          {...ids}
          value={form.draft[field]}
          placeholder={placeholder}
          inputMode={inputMode}
          invalid={problem !== undefined}
          onChange={(value) => form.change({ [field]: value })}
        />
      )}
    </Field>
  )
}
