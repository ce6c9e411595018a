import { isRecord, type RawPlan, type RawRecord, type RawValue } from '../../../../../src/shared/plan/raw.ts'

/**
 * What the text form keeps of a raw plan: the law of `parsePlanText`.
 *
 * For every plan, reading its text gives the same keys, values and nesting as its JSON, but for what text is silent about:
 * 1. flags that are false: `Async Capable`, `Disabled`, `Inner Unique` (also true without VERBOSE);
 * 2. counts that are zero: `Subplans Removed`, `Planned Partitions`;
 * 3. empty lists and groups: `Workers`, `Triggers`, `Settings`, and `Planning` without a block;
 * 4. blocks, I/O times and WAL of a plan in which all of them are zero. Where one node tells of them, the zeros of all
 *    others are told by it;
 * 5. without VERBOSE: schemas, `Output`, the name of a constraint's trigger, and whether the only name of a Function Scan
 *    is its function's or only its alias;
 * 6. which of 16 and 17 wrote `I/O Timings: shared …`: read as 17's keys unless something else tells.
 *
 * The plans that this is asked of are written from JSON, which settles 5 and 6.
 */
const silentFlags: ReadonlySet<string> = new Set(['Async Capable', 'Disabled', 'Inner Unique'])
const silentCounts: ReadonlySet<string> = new Set(['Subplans Removed', 'Planned Partitions'])

const families: readonly RegExp[] = [/ Blocks$/, /I\/O (?:Read|Write) Time$/, /^WAL /]
const heapKeys: ReadonlySet<string> = new Set(['Exact Heap Blocks', 'Lossy Heap Blocks'])

const familyOf = (key: string): RegExp | undefined =>
  heapKeys.has(key) ? undefined : families.find((family) => family.test(key))

function* records(root: RawValue): Generator<RawRecord> {
  const open: RawValue[] = [root]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) open.push(...(value as RawValue[]))
    else if (isRecord(value)) {
      yield value
      open.push(...Object.values(value))
    }
  }
}

/** Kinds of figures of which the plan has none above zero. */
function findSilent(raw: RawPlan): ReadonlySet<RegExp> {
  const said = new Set<RegExp>()
  for (const record of records(raw))
    for (const key in record) {
      const family = familyOf(key)
      const value = record[key]
      if (family !== undefined && typeof value === 'number' && value > 0) said.add(family)
    }
  return new Set(families.filter((family) => !said.has(family)))
}

function isSilent(key: string, value: RawValue, silent: ReadonlySet<RegExp>, verbose: boolean): boolean {
  if (key === 'Inner Unique' && !verbose) return true
  if (silentFlags.has(key) && value === false) return true
  if (silentCounts.has(key) && value === 0) return true
  if (Array.isArray(value) && value.length === 0 && key !== 'Sort Methods Used') return true
  const family = familyOf(key)
  return family !== undefined && silent.has(family)
}

/** Whether a group tells nothing in text: it is empty, or all its figures are zero. */
const isMute = (value: RawRecord): boolean => Object.values(value).every((entry) => entry === 0)

function keep(value: RawValue, silent: ReadonlySet<RegExp>, verbose: boolean): RawValue {
  if (Array.isArray(value)) return value.map((entry: RawValue) => keep(entry, silent, verbose))
  if (!isRecord(value)) return value
  const kept: Record<string, RawValue> = {}
  for (const key in value) {
    const entry = value[key]
    if (entry === undefined || isSilent(key, entry, silent, verbose)) continue
    if ((key === 'Planning' || key === 'Settings') && isRecord(entry) && isMute(entry)) continue
    kept[key] = keep(entry, silent, verbose)
  }
  return kept
}

/** A raw plan less what text is silent about. */
export function asTextTells(raw: RawPlan): RawValue {
  let verbose = false
  for (const record of records(raw)) if (record['Output'] !== undefined) verbose = true
  return keep(raw, findSilent(raw), verbose)
}
