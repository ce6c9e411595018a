import type { PlanPartKind } from '#shared/plan/index.ts'

/** How a part of the statement's time is drawn, in the bar and beside its name. */
export const partLooks: Readonly<Record<PlanPartKind, string>> = {
  planning: 'bg-ink-3',
  tree: 'bg-accent',
  apart: 'bg-accent/50',
  triggers: 'bg-warn',
  jit: 'bg-wait-extension',
  serialization: 'bg-wait-client',
  unaccounted: 'border border-ink-3 bg-transparent',
}
