import type { Hertz, Ratio } from '#shared/units/index.ts'

/** What to tell people about a change of pace. */
export function describePace(change: {
  readonly hz: Hertz
  readonly slowdownBefore: number
  readonly slowdown: number
  readonly share: Ratio
  readonly budget: Ratio
}): { readonly label: string; readonly slowedBecause: string | undefined } {
  const { hz, slowdownBefore, slowdown, share, budget } = change
  const rates = `${formatHz(hz / slowdownBefore)} → ${formatHz(hz / slowdown)} Hz`
  const measured = `${formatShare(share)} of a core`
  const tooMuch = `watching took ${measured}, more than ${formatShare(budget)}`
  const because = `At ${formatHz(hz / slowdownBefore)} Hz ${tooMuch}.`
  return slowdown > slowdownBefore
    ? { label: `${rates}: ${tooMuch}`, slowedBecause: because }
    : {
        label: `${rates}: watching is cheap again, ${measured}`,
        slowedBecause: slowdown === 1 ? undefined : `It goes back to ${formatHz(hz)} Hz step by step.`,
      }
}

const formatHz = (hz: Hertz): string => String(Number(hz.toPrecision(2)))

const formatShare = (share: Ratio): string => `${Number((share * 100).toPrecision(2))} %`
