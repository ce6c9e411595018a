import type { Rule } from './finding.ts'

/** Every rule, in the order in which equal findings are told. A new rule is a file in `rules`, a page, and a line here. */
export const rules: readonly Rule[] = []
