import type { Milliseconds, Ratio } from '#shared/units/index.ts'

export interface PaceRules {
  /** Share of one core that watching may always cost the server. */
  readonly budget: Ratio
  /** So much for each process at work: there is more to see, and a server with many can spare it. */
  readonly budgetAtWork: Ratio
  readonly mostBudget: Ratio
  /** So long a pace is kept before it is judged. */
  readonly settleMs: Milliseconds
  /** So long it must have been too dear before it slows down, unless it is far too dear. */
  readonly patienceMs: Milliseconds
  /** So long it must have been cheap before it quickens. */
  readonly calmMs: Milliseconds
  readonly mostSlowdown: number
}

export const defaultRules: PaceRules = {
  budget: 0.01,
  budgetAtWork: 0.000_2,
  mostBudget: 0.02,
  settleMs: 5_000,
  // Longer than what the meter measures over: one bad moment is never enough.
  patienceMs: 12_000,
  calmMs: 15_000,
  mostSlowdown: 64,
}

/** What watching may cost while so many processes are at work. */
export function budgetFor({ budget, budgetAtWork, mostBudget }: PaceRules, atWork: number): Ratio {
  return Math.max(budget, Math.min(mostBudget, budgetAtWork * atWork))
}

/** What the looks of each collector cost the server at its pace of the moment, as shares of one core. */
export type Costs = ReadonlyMap<string, Ratio>

export interface PaceChange {
  readonly collector: string
  /** Times that it is slower than asked for, before and now. */
  readonly before: number
  readonly now: number
}

/** Slows down whoever costs most while watching costs too much, and goes back by itself. */
export interface Pace {
  /** 1 = as asked for, 2 = half as often … */
  readonly slowdownOf: (collector: string) => number
  /** @param budget of this moment, see `budgetFor` */
  review(costs: Costs, budget: Ratio, atMs: Milliseconds): PaceChange | undefined
}

/** So many times the budget is no bad moment: it slows down at once. */
const farTooDear = 3
/** It quickens only if that is expected to stay well below the budget: the pace must not swing. */
const comfort = 0.7
/** Who has to slow down again so soon waits twice as long before the next try, up to this; a step that holds longer ends that. */
const relapseMs = 60_000
const longestCalmMs = 300_000

export function createPace(rules: PaceRules): Pace {
  const slowdowns = new Map<string, number>()
  const slowdownOf = (collector: string): number => slowdowns.get(collector) ?? 1
  let calmMs = rules.calmMs
  let calmSinceMs: Milliseconds | undefined
  let dearSinceMs: Milliseconds | undefined
  let quickenedAtMs = Number.NEGATIVE_INFINITY
  let slowedAtMs = Number.NEGATIVE_INFINITY

  function change(collector: string, now: number): PaceChange {
    const before = slowdownOf(collector)
    slowdowns.set(collector, now)
    calmSinceMs = undefined
    dearSinceMs = undefined
    return { collector, before, now }
  }

  function slowDown(costs: Costs, atMs: Milliseconds): PaceChange | undefined {
    const [dearest] = [...costs]
      .filter(([collector]) => slowdownOf(collector) < rules.mostSlowdown)
      .sort(([, a], [, b]) => b - a)
    if (dearest === undefined) return undefined
    calmMs = atMs - quickenedAtMs < relapseMs ? Math.min(longestCalmMs, calmMs * 2) : rules.calmMs
    slowedAtMs = atMs
    return change(dearest[0], slowdownOf(dearest[0]) * 2)
  }

  /** Twice as often is twice as dear: the cheapest first. */
  function quicken(costs: Costs, spare: Ratio, atMs: Milliseconds): PaceChange | undefined {
    const [cheapest] = [...slowdowns.keys()]
      .filter((collector) => slowdownOf(collector) > 1)
      .map((collector) => ({ collector, cost: costs.get(collector) ?? 0 }))
      .sort((a, b) => a.cost - b.cost)
    if (cheapest === undefined || cheapest.cost > spare) {
      calmSinceMs = undefined
      return undefined
    }
    calmSinceMs ??= atMs
    if (quickenedAtMs > slowedAtMs && atMs - quickenedAtMs >= relapseMs) calmMs = rules.calmMs
    if (atMs - calmSinceMs < calmMs) return undefined
    quickenedAtMs = atMs
    return change(cheapest.collector, slowdownOf(cheapest.collector) / 2)
  }

  return {
    slowdownOf,
    review(costs, budget, atMs) {
      const total = [...costs.values()].reduce((sum, cost) => sum + cost, 0)
      if (total <= budget) {
        dearSinceMs = undefined
        return quicken(costs, budget * comfort - total, atMs)
      }
      calmSinceMs = undefined
      dearSinceMs ??= atMs
      const isLasting = atMs - dearSinceMs >= rules.patienceMs
      return isLasting || total > budget * farTooDear ? slowDown(costs, atMs) : undefined
    },
  }
}
