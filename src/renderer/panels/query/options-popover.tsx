import { ChevronDown, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox, Field, Popover, Select } from '#renderer/kit/index.ts'
import type { ExplainOptions } from '#shared/session/index.ts'
import { describeSetting, useNextSettings } from './next-settings.ts'
import { NextSettingsFields } from './next-settings-fields.tsx'
import {
  explainChoices,
  formatRowLimit,
  formatTimeout,
  hertzChoices,
  type QueryOptions,
  rowChoices,
  summarizeOptions,
  timeoutChoices,
  unavailable,
} from './options.ts'

export interface OptionsPopoverProps {
  readonly options: QueryOptions
  readonly onChange: (options: QueryOptions) => void
  readonly serverVersionNum: number | undefined
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** The line beside the buttons, which opens what it says. */
export function OptionsPopover(props: OptionsPopoverProps) {
  const { options, onChange, serverVersionNum, open, onOpenChange } = props
  const commits = options.onEnd === 'commit'
  const settings = useNextSettings((state) => state.settings)
  const summary = [...settings.map(describeSetting), summarizeOptions(options, serverVersionNum)].join(' · ')
  return (
    <Popover
      label="Run options"
      align="end"
      open={open}
      onOpenChange={onOpenChange}
      className="w-110 p-3"
      trigger={
        <button
          type="button"
          aria-label={`Run options: ${summary}`}
          className={`flex min-w-0 items-center gap-1.5 rounded-md px-1.5 py-0.5 hover:bg-surface-2 hover:text-ink ${commits ? 'text-warn' : 'text-ink-3'}`}
        >
          {commits && <TriangleAlert size={14} aria-hidden className="shrink-0" />}
          <span className="truncate">{summary}</span>
          <ChevronDown size={14} aria-hidden className="shrink-0" />
        </button>
      }
    >
      <div className="flex flex-col gap-4">
        <Writes options={options} onChange={onChange} />
        <Section title="Limits and sampling">
          <Limits options={options} onChange={onChange} />
          <p className="text-sm text-ink-3">
            After that many rows the cursor is closed: the rest is neither computed nor fetched. Waits are
            sampled from a second connection; each look takes the server about a tenth of a millisecond.
          </p>
        </Section>
        <Section title="Server settings, for the next run alone">
          <NextSettingsFields />
        </Section>
        <Section title="What the plan shows">
          <ExplainChoices
            explain={options.explain}
            serverVersionNum={serverVersionNum}
            onChange={(explain) => onChange({ ...options, explain })}
          />
        </Section>
      </div>
    </Popover>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-xs text-ink-3">{title}</legend>
      {children}
    </fieldset>
  )
}

type Part = Pick<OptionsPopoverProps, 'options' | 'onChange'>

const ends = [
  {
    value: 'rollback',
    label: 'Roll back',
    about:
      'The statement runs for real and its changes are undone. Sequences keep counting, and other sessions may have to wait until it ends.',
  },
  {
    value: 'commit',
    label: 'Commit',
    about:
      'Changes are kept, and there is no undo. Holds for this window only: the next start rolls back again.',
  },
] as const

function Writes({ options, onChange }: Part) {
  return (
    <Section title="What becomes of writes">
      {ends.map(({ value, label, about }) => (
        <label key={value} className="flex items-start gap-2">
          <input
            type="radio"
            name="query-writes"
            checked={options.onEnd === value}
            onChange={() => onChange({ ...options, onEnd: value })}
            className="mt-0.75 size-3.5 accent-accent"
          />
          <span>
            {label}
            <span className={`block text-sm ${value === 'commit' ? 'text-warn' : 'text-ink-3'}`}>
              {about}
            </span>
          </span>
        </label>
      ))}
    </Section>
  )
}

interface ExplainChoicesProps {
  readonly explain: ExplainOptions
  readonly serverVersionNum: number | undefined
  readonly onChange: (explain: ExplainOptions) => void
}

function ExplainChoices({ explain, serverVersionNum, onChange }: ExplainChoicesProps) {
  return explainChoices.map(({ id, label, about, since }) => {
    const why = unavailable(since, serverVersionNum)
    const checked = id === 'serialize' ? explain.serialize !== 'none' : explain[id]
    return (
      <Checkbox
        key={id}
        checked={checked && why === undefined}
        disabled={why !== undefined}
        onChange={(on) => onChange({ ...explain, [id]: id === 'serialize' ? (on ? 'text' : 'none') : on })}
      >
        {label}
        <span className="block text-sm text-ink-3">{why === undefined ? about : `Not here: ${why}.`}</span>
      </Checkbox>
    )
  })
}

/** A value that was set elsewhere is offered too. */
function withCurrent(choices: readonly number[], current: number): readonly number[] {
  return choices.includes(current) ? choices : [...choices, current]
}

function Limits({ options, onChange }: Part) {
  return (
    <div className="grid grid-cols-3 gap-3">
      <Field label="Statement timeout">
        {(ids) => (
          <Select
            {...ids}
            value={String(options.statementTimeoutMs)}
            options={withCurrent(timeoutChoices, options.statementTimeoutMs).map((ms) => ({
              value: String(ms),
              label: formatTimeout(ms).replace('timeout ', ''),
            }))}
            onChange={(ms) => onChange({ ...options, statementTimeoutMs: Number(ms) })}
          />
        )}
      </Field>
      <Field label="Rows kept">
        {(ids) => (
          <Select
            {...ids}
            value={String(options.maxRows)}
            options={withCurrent(rowChoices, options.maxRows).map((rows) => ({
              value: String(rows),
              label: formatRowLimit(rows),
            }))}
            onChange={(rows) => onChange({ ...options, maxRows: Number(rows) })}
          />
        )}
      </Field>
      <Field label="Samples of waits">
        {(ids) => (
          <Select
            {...ids}
            value={String(options.sampleHz)}
            options={withCurrent(hertzChoices, options.sampleHz).map((hz) => ({
              value: String(hz),
              label: `${hz} Hz`,
            }))}
            onChange={(hz) => onChange({ ...options, sampleHz: Number(hz) })}
          />
        )}
      </Field>
    </div>
  )
}
