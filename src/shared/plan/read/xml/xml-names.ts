import type { RawValue } from '../../raw.ts'

/** From element names back to JSON's keys: the server puts a dash for every character that XML names may not have. */

const exceptions: Readonly<Record<string, string>> = {
  'One-Time-Filter': 'One-Time Filter',
  'Full-sort-Groups': 'Full-sort Groups',
  'Pre-sorted-Groups': 'Pre-sorted Groups',
}

/** The key that JSON has for an element. */
export function keyOf(tag: string): string {
  return exceptions[tag] ?? tag.replaceAll('-', ' ').replace(/\bI O\b/, 'I/O')
}

// Texts by the server's hand, whatever they look like: a relation may be called 2024, a filter may be `false`.
const textKeys =
  /(?:^|\b)(?:Name|Alias|Schema|Cond|Filter|Key|Type|Method|Mode|Strategy|Provider|SQL|Text|Query Parameters|Sampling Parameters|Operation|Direction|Command|Call|Relationship|Relations?|Event|Storage|Window|Seed|Format|File|Program|Replaces|Order By|Qual|Node|Tasks Shown|Servers?|Conflict Resolution|Function)$/
const numberKeys = /^(?:Rows Removed|Foreign File Size|Maximum Storage)/

/** Does JSON keep this key's value as text, even where it looks like a number or a flag? */
export const isTextKey = (key: string): boolean => textKeys.test(key) && !numberKeys.test(key)

/** Elements whose children are entries of a list, and the name of one entry. */
const lists: Readonly<Record<string, string>> = {
  Plans: 'Plan',
  Workers: 'Worker',
  Triggers: 'Trigger',
  'Target-Tables': 'Target-Table',
  'Grouping-Sets': 'Grouping-Set',
  'Group-Keys': 'Group-Key',
  'Hash-Keys': 'Hash-Key',
}

/** What an entry of this list is called; undefined for what is no list by its name. */
export const entryOf = (tag: string): string | undefined => lists[tag]

/** Is this element a list of `entries`? A plural of its only kind of child is one. */
export function isListOf(tag: string, entries: ReadonlySet<string>): boolean {
  const entry = lists[tag]
  if (entries.size === 0) return entry !== undefined
  if (entries.size !== 1) return false
  const [only = ''] = entries
  return only === 'Item' || only === entry || tag === `${only}s`
}

const sortGroups = ['Full-sort Groups', 'Pre-sorted Groups'] as const
const diskMethods = /^external /

/**
 * The keys that JSON has for an element's children. The groups of an incremental sort, and the space they took, bear the
 * name of their kind alone: they are told apart by the server's order, a single space by the methods beside it.
 *
 * @source src/backend/commands/explain.c, show_incremental_sort_group_info
 */
export function keysOf(children: readonly (readonly [tag: string, value: RawValue])[]): readonly string[] {
  const tags = children.map(([tag]) => tag)
  const spaces = tags.filter((tag) => tag === 'Sort-Space').length
  const methods = children.find(([tag]) => tag === 'Sort-Methods-Used')?.[1]
  const isDisk =
    Array.isArray(methods) && methods.every((name) => typeof name === 'string' && diskMethods.test(name))
  let groups = 0
  let space = spaces === 1 && isDisk ? 1 : 0
  return tags.map((tag) => {
    if (tag === 'Incremental-Sort-Groups') return sortGroups[groups++] ?? keyOf(tag)
    if (tag === 'Sort-Space') return space++ === 0 ? 'Sort Space Memory' : 'Sort Space Disk'
    return keyOf(tag)
  })
}
