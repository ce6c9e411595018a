import { Input } from '#renderer/kit/index.ts'
import { type ParameterFields, setParameter } from './parameter-state.ts'
import { parameterHint } from './parameters.ts'

/** One field for each `$n` of the statement under the cursor. */
export function ParameterStrip({ values, types }: ParameterFields) {
  if (values.length === 0) return null
  return (
    <section
      aria-label="Parameters"
      className="flex max-h-28 shrink-0 flex-wrap gap-x-4 gap-y-1.5 overflow-auto border-t border-line bg-surface-1 px-3 py-1.5"
    >
      {values.map((value, index) => {
        const name = `$${index + 1}`
        const type = types?.[index]
        return (
          <div key={name} className="flex items-center gap-1.5">
            <label htmlFor={`query-parameter-${index}`} className="font-mono text-sm">
              {name}
            </label>
            <Input
              id={`query-parameter-${index}`}
              mono
              className="w-44"
              value={value.isNull ? '' : value.text}
              placeholder={value.isNull ? 'NULL' : parameterHint(type)}
              disabled={value.isNull}
              aria-describedby={type === undefined ? undefined : `query-parameter-type-${index}`}
              onChange={(text) => setParameter(index, { text, isNull: false })}
            />
            <button
              type="button"
              aria-pressed={value.isNull}
              aria-label={`${name} is NULL`}
              onClick={() => setParameter(index, { ...value, isNull: !value.isNull })}
              className="rounded-sm border border-line-strong px-1.5 font-mono text-xs text-ink-3 hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-ink"
            >
              NULL
            </button>
            {type !== undefined && (
              <span id={`query-parameter-type-${index}`} className="text-xs text-ink-3">
                {type}
              </span>
            )}
          </div>
        )
      })}
    </section>
  )
}
