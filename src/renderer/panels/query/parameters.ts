import type { RunParameter } from '#shared/session/index.ts'

/** A field of the parameter strip. The text stays while NULL is on, so that switching back loses nothing. */
export interface ParameterValue {
  readonly text: string
  readonly isNull: boolean
}

export const emptyParameter: ParameterValue = { text: '', isNull: false }

/** As many fields as the statement has parameters: the first keep their values. */
export function fitParameters(values: readonly ParameterValue[], count: number): readonly ParameterValue[] {
  return Array.from({ length: count }, (_, index) => values[index] ?? emptyParameter)
}

/** Types go along only where the server named them for this very statement. */
export function toRunParameters(
  values: readonly ParameterValue[],
  types: readonly string[] | undefined,
): readonly RunParameter[] {
  return values.map(({ text, isNull }, index) => {
    const type = types?.[index]
    return { value: isNull ? null : text, ...(type === undefined || type === 'unknown' ? {} : { type }) }
  })
}

export function fromRunParameters(parameters: readonly RunParameter[]): readonly ParameterValue[] {
  return parameters.map(({ value }) => ({ text: value ?? '', isNull: value === null }))
}

const rememberedStatements = 200

/** Values by statement, while the window lives: they may be private, so they are not written anywhere. */
export interface ParameterMemory {
  recall(statement: string): readonly ParameterValue[] | undefined
  remember(statement: string, values: readonly ParameterValue[]): void
}

export function createParameterMemory(): ParameterMemory {
  const known = new Map<string, readonly ParameterValue[]>()
  const keyOf = (statement: string): string => statement.trim().replace(/\s+/g, ' ')
  return {
    recall: (statement) => known.get(keyOf(statement)),
    remember: (statement, values) => {
      const key = keyOf(statement)
      known.delete(key)
      known.set(key, values)
      const oldest = known.keys().next()
      if (known.size > rememberedStatements && oldest.done !== true) known.delete(oldest.value)
    },
  }
}

/** What an empty field expects, told so that nobody takes it for a value. */
export function parameterHint(type: string | undefined): string {
  const example = exampleOf(type)
  return example === '' ? '' : `such as ${example}`
}

function exampleOf(type: string | undefined): string {
  if (type === undefined) return ''
  if (/^(?:smallint|integer|bigint|oid)$/.test(type)) return '42'
  if (/^(?:numeric|real|double precision)/.test(type)) return '3.14'
  if (type === 'boolean') return 'true'
  if (type === 'date') return '2026-10-01'
  if (type.startsWith('timestamp')) return '2026-10-01 12:00'
  if (type === 'interval') return '3 days'
  if (type === 'uuid') return '00000000-0000-0000-0000-000000000000'
  if (type.startsWith('json')) return '{"key": 1}'
  if (type.endsWith('[]')) return '{a,b}'
  return ''
}
