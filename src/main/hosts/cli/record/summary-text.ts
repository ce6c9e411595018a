import type { RecordingSummary } from '#shared/session/index.ts'
import { formatBytes, formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import { formatTable } from '../report/table.ts'
import { withoutControls } from '../terminal.ts'

/** What was recorded, for people. */
export function formatSummary(path: string, summary: RecordingSummary): string {
  const { target, startedAtMs, endedAtMs, samples, observer } = summary
  const facts: [string, string][] = [['file', `${path}, format ${summary.formatVersion}`]]
  if (target !== undefined) {
    const where = `${target.host}${target.port === undefined ? '' : `:${target.port}`}`
    facts.push([
      'server',
      `PostgreSQL ${target.serverVersion}, ${target.database} on ${where} as ${target.user}`,
    ])
  }
  if (startedAtMs !== undefined && endedAtMs !== undefined) {
    const span = formatDuration(endedAtMs - startedAtMs)
    facts.push(['recorded', `${new Date(startedAtMs).toISOString()} for ${span}`])
  } else facts.push(['recorded', 'nothing'])
  facts.push(
    [
      'activity',
      `${formatCount(samples.activity)} looks, ${formatCount(samples.backends)} backends at work in them`,
    ],
    ['metrics', `${formatCount(samples.metrics)} values`],
    ['locks', `${formatCount(samples.locks)} looks at which somebody waited`],
    ['statements', `${formatCount(samples.statements)} growths`],
    ['gaps, resets', `${formatCount(summary.gaps)}, ${formatCount(summary.resets)}`],
  )
  const cost = [
    ...(observer.hz === undefined ? [] : [`${observer.hz.toFixed(1)} Hz`]),
    ...(observer.lagP95Ms === undefined ? [] : [`lag ${formatDuration(observer.lagP95Ms)} (p95)`]),
    ...(observer.coreShare === undefined ? [] : [`${formatPercent(observer.coreShare)} of a core`]),
    formatBytes(observer.bytes),
  ]
  facts.push(['observer', cost.join(', ')])
  const [head = ['', ''], ...lines] = facts
  // The file may be somebody else's.
  return `${withoutControls(formatTable(head, lines, ['left', 'left']))}\n`
}
