import type { ReactNode } from 'react'
import type { Plan, PlanTrigger } from '#shared/plan/index.ts'
import { formatCount, formatDuration, formatPercent } from '#shared/units/index.ts'
import { explainExactness, markExactness } from '../exactness.ts'
import type { AccountLine } from './account.ts'
import { partLooks } from './part-look.ts'

interface AccountDetailsProps {
  readonly plan: Plan
  readonly lines: readonly AccountLine[]
  readonly statementMs: number
}

/** The account in full: each part with its formula and exactness, triggers by name, phases of JIT. */
export function AccountDetails({ plan, lines, statementMs }: AccountDetailsProps) {
  return (
    <div className="flex flex-col gap-3">
      <table className="w-full select-text">
        <caption className="pb-1 text-left font-semibold">Where the statement’s time went</caption>
        <tbody>
          {lines.map((line) => (
            <tr key={line.kind} className="align-baseline">
              <th scope="row" className="py-0.5 pr-3 text-left font-normal">
                <span className="flex items-baseline gap-1.5">
                  <span aria-hidden="true" className={`size-2 shrink-0 rounded-sm ${partLooks[line.kind]}`} />
                  <span>
                    {line.label}
                    <span className="block text-ink-3 text-xs">
                      {[line.formula, explainExactness(line.exactness)]
                        .filter((part) => part !== undefined)
                        .join('; ')}
                    </span>
                  </span>
                </span>
              </th>
              <Figure title={`${line.ms} ms`}>
                {markExactness(formatDuration(line.ms), line.exactness)}
              </Figure>
              <Figure>{formatPercent(line.share)}</Figure>
            </tr>
          ))}
          <tr className="border-line-strong border-t">
            <th scope="row" className="py-1 text-left">
              statement
            </th>
            <Figure title={`${statementMs} ms`}>{formatDuration(statementMs)}</Figure>
            <Figure>100 %</Figure>
          </tr>
        </tbody>
      </table>
      {plan.triggers.length > 0 && <Triggers triggers={plan.triggers} />}
      <Jit plan={plan} />
    </div>
  )
}

function Figure({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <td title={title} className="whitespace-nowrap py-0.5 pl-3 text-right">
      {children}
    </td>
  )
}

function Triggers({ triggers }: { readonly triggers: readonly PlanTrigger[] }) {
  return (
    <table className="w-full select-text">
      <caption className="pb-1 text-left font-semibold">Triggers</caption>
      <tbody>
        {triggers.map((trigger, at) => (
          // Two triggers of one name may fire on two relations.
          <tr key={`${trigger.name}:${trigger.relation ?? at}`} className="align-baseline">
            <th scope="row" className="py-0.5 text-left font-normal">
              {trigger.constraint ?? trigger.name}
              {trigger.relation !== undefined && <span className="text-ink-2"> on {trigger.relation}</span>}
              {trigger.placement === 'inside' && (
                <span className="block text-ink-3 text-xs">inside the node that writes, not added again</span>
              )}
            </th>
            <Figure>{formatCount(trigger.calls)} calls</Figure>
            <Figure title={trigger.timeMs === undefined ? undefinedTime : `${trigger.timeMs} ms`}>
              {trigger.timeMs === undefined
                ? '–'
                : markExactness(formatDuration(trigger.timeMs), trigger.exactness)}
            </Figure>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const undefinedTime = 'not timed'

function Jit({ plan }: { readonly plan: Plan }) {
  const { jit } = plan
  if (jit === undefined) return null
  const phases = [
    ['generation', jit.generationMs],
    ['inlining', jit.inliningMs],
    ['optimization', jit.optimizationMs],
    ['emission', jit.emissionMs],
  ] as const
  return (
    <p className="text-ink-2 text-sm">
      JIT compiled {formatCount(jit.functions ?? 0)} functions
      {jit.totalMs === undefined ? '' : ` in ${formatDuration(jit.totalMs)}`}:{' '}
      {phases
        .filter(([, ms]) => ms !== undefined)
        .map(([name, ms]) => `${name} ${formatDuration(ms ?? 0)}`)
        .join(', ')}
      . All but generation runs inside the nodes that wait for it.
    </p>
  )
}
