import type { Evidence, Finding, FoundPlan, Plan, ServerHints } from '#shared/plan/index.ts'
import { formatDuration, formatPercent } from '#shared/units/index.ts'
import { fit, paint, type Style, type Terminal, withoutControls, wrap } from '../terminal.ts'
import type { JudgedPlan } from './plan-json.ts'
import { formatTree } from './tree-text.ts'

const severityStyles: Readonly<Record<Finding['severity'], Style>> = {
  critical: 'red',
  warning: 'yellow',
  info: 'cyan',
}

/**
 * One plan for people: a head, the tree with each node's own figures, what is beside the tree, findings.
 *
 * @param name file and number, for the first line
 */
export function formatJudgedPlan(name: string, judged: JudgedPlan, terminal: Terminal): string {
  const { found, plan, findings } = judged
  const sections = [
    formatHead(name, found, plan, terminal),
    formatTree(plan, terminal),
    formatBeside(plan),
    formatFindings(findings, terminal),
    formatWarnings([...found.warnings, ...plan.warnings.map(({ message }) => message)], terminal),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function formatHead(name: string, found: FoundPlan, plan: Plan, terminal: Terminal): string {
  const facts = [
    found.format,
    formatHints(found.serverHints),
    formatFact('execution', plan.executionMs),
    plan.executionMs === undefined ? formatFact('logged', found.durationMs) : '',
    formatFact('planning', plan.planningMs),
    formatFact('unaccounted', plan.unaccountedMs),
    plan.analyzed ? '' : 'estimates only',
  ]
  const line = facts.filter((fact) => fact !== '').join(' · ')
  const statement =
    found.statement === undefined
      ? ''
      : `\n${paint(terminal, 'dim', fit(found.statement.trim(), terminal.width))}`
  return `${paint(terminal, 'bold', fit(name, terminal.width))}\n${line}${statement}`
}

function formatFact(name: string, ms: number | undefined): string {
  return ms === undefined ? '' : `${name} ${formatDuration(ms)}`
}

function formatHints({ atLeastVersion, belowVersion }: ServerHints): string {
  if (atLeastVersion === undefined)
    return belowVersion === undefined ? '' : `PostgreSQL before ${belowVersion}`
  return belowVersion === undefined
    ? `PostgreSQL ${atLeastVersion} or later`
    : belowVersion - atLeastVersion === 1
      ? `PostgreSQL ${atLeastVersion}`
      : `PostgreSQL ${atLeastVersion} to ${belowVersion - 1}`
}

/** What took time outside of the tree: triggers, JIT, serialization. */
function formatBeside(plan: Plan): string {
  const facts = [
    ...plan.triggers.map(({ name, relation, calls, timeMs }) => {
      const place = relation === undefined ? '' : ` on ${relation}`
      const took = timeMs === undefined ? '' : `, ${formatDuration(timeMs)}`
      return `Trigger ${name}${place}: ${calls} calls${took}`
    }),
    plan.jit?.totalMs === undefined ? '' : `JIT: ${formatDuration(plan.jit.totalMs)}`,
    plan.serialization?.timeMs === undefined
      ? ''
      : `Serialization: ${formatDuration(plan.serialization.timeMs)}`,
  ]
  return withoutControls(facts.filter((fact) => fact !== '').join('\n'))
}

function formatFindings(findings: readonly Finding[], terminal: Terminal): string {
  if (findings.length === 0) return ''
  return findings.map((finding) => formatFinding(finding, terminal)).join('\n\n')
}

function formatFinding(finding: Finding, terminal: Terminal): string {
  const { severity, title, evidence, advice, timeAtStakeMs, shareAtStake, nodeId, rule } = finding
  const stake =
    timeAtStakeMs === undefined
      ? ''
      : ` (up to ${formatDuration(timeAtStakeMs)}${shareAtStake === undefined ? '' : `, ${formatPercent(shareAtStake)}`})`
  const place = nodeId === undefined ? '' : ` [node ${nodeId}]`
  const [first = '', ...rest] = wrap(`${severity}: ${title}${stake}${place} · ${rule}`, terminal.width, '  ')
    .split('\n')
    .map((line) => line.slice(2))
  return [
    paint(terminal, severityStyles[severity], first),
    ...rest.map((line) => `  ${line}`),
    ...(evidence.length === 0 ? [] : [wrap(evidence.map(formatEvidence).join(' · '), terminal.width, '  ')]),
    ...advice.flatMap(({ text, statement }) => [
      wrap(`Try: ${text}`, terminal.width, '  '),
      ...(statement === undefined ? [] : statement.split('\n').map((line) => `    ${fit(line, 10_000)}`)),
    ]),
  ].join('\n')
}

function formatEvidence({ label, value }: Evidence): string {
  return `${label} ${value}`
}

function formatWarnings(warnings: readonly string[], terminal: Terminal): string {
  return warnings.map((warning) => wrap(`Note: ${warning}`, terminal.width, '')).join('\n')
}
