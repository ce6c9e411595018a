import {
  comparePlans,
  createRedactor,
  derivePlan,
  type FigureChange,
  type FoundPlan,
  type Plan,
  type PlanComparison,
  type PlanNode,
  titleOf,
} from '#shared/plan/index.ts'
import { formatBytes, formatCount, formatDuration } from '#shared/units/index.ts'
import { type ExitCode, exitCodes } from '../exit-codes.ts'
import { failureLine, usageFailure } from '../failure.ts'
import { readPlansOf } from '../files/read-plans.ts'
import { openSource, UnreadableFile } from '../files/source.ts'
import { tellUnread } from '../files/tell-unread.ts'
import { print } from '../output.ts'
import { plainJsonLine } from '../report/plain-json.ts'
import { formatTable } from '../report/table.ts'
import { describeTerminal, fit, paint, type Terminal, wrap } from '../terminal.ts'
import { redactError, redactFound } from './redact-found.ts'

interface Side {
  readonly file: string
  readonly found: FoundPlan
  /** Plans that the file holds. */
  readonly count: number
  readonly plan: Plan
}

/** What `plan --compare --json` prints; documented in `docs/user/command-line.md`. */
interface ComparisonReport extends PlanComparison {
  readonly before: SideReport
  readonly after: SideReport
}

interface SideReport {
  readonly file: string
  readonly line: number
  readonly format: FoundPlan['format']
}

/**
 * Compares two plans: the first of each of two files, or the first two of one.
 *
 * @returns what the command ends with
 */
export async function tellComparison(
  files: readonly string[],
  options: { readonly json?: boolean; readonly redact?: boolean },
): Promise<ExitCode> {
  if (files.length > 2) throw usageFailure('--compare takes two files, or one that holds two plans.')
  const redactor = options.redact === true ? createRedactor() : undefined
  const sides: Side[] = []
  let isUnread = false
  for (const file of files) {
    try {
      const wanted = files.length === 1 ? 2 : 1
      const { plans, count } = await firstPlans(file, wanted)
      for (const read of plans) {
        const found = redactor === undefined ? read : redactFound(redactor, read)
        sides.push({ file, found, count, plan: derivePlan(found.raw) })
      }
    } catch (cause) {
      if (!(cause instanceof UnreadableFile)) throw cause
      tellUnread(file, redactor === undefined ? cause.error : redactError(cause.error))
      isUnread = true
    }
  }
  if (isUnread) return exitCodes.unread
  const [before, after] = sides
  if (before === undefined || after === undefined) {
    const message = 'There is only one plan; --compare takes two files, or one that holds two plans.'
    process.stderr.write(failureLine({ message }))
    return exitCodes.unread
  }
  const comparison = comparePlans(before.plan, after.plan)
  await print(
    options.json === true
      ? plainJsonLine(buildReport(before, after, comparison))
      : formatComparison(before, after, comparison, describeTerminal(process.stdout, process.env)),
  )
  return exitCodes.ok
}

async function firstPlans(
  file: string,
  wanted: number,
): Promise<{ readonly plans: readonly FoundPlan[]; readonly count: number }> {
  const plans: FoundPlan[] = []
  let count = 0
  await readPlansOf(await openSource(file), {
    plan: async (found) => {
      count += 1
      if (plans.length < wanted) plans.push(found)
    },
    warning: () => {},
  })
  return { plans, count }
}

/** What to know of the files before the comparison is believed. */
function noteFiles(before: Side, after: Side): readonly string[] {
  const sides = [before, after]
  const isOneFile = before.file === after.file && before.found !== after.found
  return sides.flatMap(({ file, count, found }, at) => {
    const taken = isOneFile ? 2 : 1
    const more = count > taken && !(isOneFile && at > 0)
    return [
      ...(more
        ? [
            `${file} holds ${count} plans: ${taken === 2 ? 'the first two are' : `the one at line ${found.line} is`} compared.`,
          ]
        : []),
      ...found.warnings.map((warning) => `Of the plan ${at === 0 ? 'before' : 'after'}: ${warning}`),
    ]
  })
}

function buildReport(before: Side, after: Side, comparison: PlanComparison): ComparisonReport {
  const report = ({ file, found: { line, format } }: Side): SideReport => ({ file, line, format })
  const cautions = [...noteFiles(before, after), ...comparison.cautions]
  return { before: report(before), after: report(after), ...comparison, cautions }
}

const formats: Readonly<Record<FigureChange['unit'], (figure: number) => string>> = {
  ms: formatDuration,
  bytes: formatBytes,
  rows: formatCount,
  cost: (cost) => formatCount(Math.round(cost)),
}

function formatComparison(before: Side, after: Side, comparison: PlanComparison, terminal: Terminal): string {
  const figures = comparison.figures.map((figure) => {
    const format = formats[figure.unit]
    return [figure.label, format(figure.before), format(figure.after)]
  })
  const sections = [
    `${paint(terminal, 'bold', comparison.verdictLine)}\nbefore ${before.file} · after ${after.file}`,
    [...noteFiles(before, after), ...comparison.cautions]
      .map((caution) => wrap(`Note: ${caution}`, terminal.width, ''))
      .join('\n'),
    figures.length === 0 ? '' : formatTable(['', 'before', 'after'], figures, ['left', 'right', 'right']),
    formatNodes(before.plan, after.plan, comparison, terminal),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

/** Every node of the plan after with what became of it, and behind them what is gone. */
function formatNodes(
  before: Plan,
  after: Plan,
  { pairs, onlyBefore }: PlanComparison,
  terminal: Terminal,
): string {
  const pairOf = new Map(pairs.map((pair) => [pair.afterId, pair]))
  const own = (node: PlanNode | undefined): string =>
    node?.exclusiveMs === undefined ? '' : formatDuration(node.exclusiveMs)
  const name = (node: PlanNode): string =>
    fit(`${'  '.repeat(Math.min(node.depth, 20))}${titleOf(node).text}`, 60)
  const lines = after.nodes.map((node) => {
    const pair = pairOf.get(node.id)
    const other = pair === undefined ? undefined : before.nodes[pair.beforeId]
    const mark = pair === undefined ? '+' : pair.reshaped ? '≠' : ' '
    const sure = pair === undefined || pair.sureness === 'sure' ? '' : ` (${pair.sureness})`
    const changes = pair === undefined ? 'new' : pair.changes.map(({ text }) => text).join(' · ')
    return [mark, name(node) + sure, own(other), own(node), changes]
  })
  const gone = onlyBefore.flatMap((id) => {
    const node = before.nodes[id]
    return node === undefined ? [] : [['−', name(node), own(node), '', 'gone']]
  })
  const table = formatTable(
    ['', 'node', 'own before', 'own after', 'what changed'],
    [...lines, ...gone],
    ['left', 'left', 'right', 'right', 'left'],
  )
  return table
    .split('\n')
    .map((line) => (line.length <= terminal.width ? line : `${line.slice(0, terminal.width - 1)}…`))
    .join('\n')
}
