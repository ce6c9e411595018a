import { extraLines, isRecord, type RawRecord, type RawValue, readNumber } from '../raw.ts'

const milliseconds = (record: RawRecord, key: string): string =>
  `${(readNumber(record, key) ?? 0).toFixed(3)} ms`

function timing(record: RawRecord): string {
  const phases = Object.keys(record).map((phase) => {
    const value = record[phase]
    // Since 17 generation tells how much of it is for taking rows apart.
    if (!isRecord(value)) return `${phase} ${milliseconds(record, phase)}`
    return `${phase} ${milliseconds(value, 'Total')} (Deform ${milliseconds(value, 'Deform')})`
  })
  return `  Timing: ${phases.join(', ')}`
}

/** The JIT group as text, its own lines a step further in. */
export function formatJit(jit: RawValue | undefined): readonly string[] {
  if (!isRecord(jit)) return []
  const lines = ['JIT:']
  const options = jit['Options']
  // Greenplum tells functions and times by slice, each in a line of its own.
  const own = jit[extraLines]
  if (jit['Functions'] !== undefined || own === undefined)
    lines.push(`  Functions: ${readNumber(jit, 'Functions') ?? 0}`)
  if (typeof options === 'string') lines.push(`  Options: ${options}`)
  if (isRecord(options)) {
    lines.push(
      `  Options: ${Object.keys(options)
        .map((name) => `${name} ${options[name] === true}`)
        .join(', ')}`,
    )
  }
  const times = jit['Timing']
  if (isRecord(times)) lines.push(timing(times))
  if (Array.isArray(own)) for (const line of own) if (typeof line === 'string') lines.push(`  ${line}`)
  return lines
}
