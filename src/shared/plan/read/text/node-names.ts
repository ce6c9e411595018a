import type { RawValue } from '../../raw.ts'
import { findWord, readLoneName, readTarget, type Target } from './target.ts'

/** What a node's name in text says in JSON's keys: those before the costs, in JSON's order. */
export interface NodeName {
  readonly nodeType: string
  /** Between `Node Type` and `Parent Relationship`. */
  readonly kind: readonly (readonly [string, RawValue])[]
  readonly provider: string | undefined
  readonly isParallel: boolean
  readonly isAsync: boolean
  readonly direction: string | undefined
  readonly index: string | undefined
  readonly target: NamedTarget | undefined
  /** Behind the target: join type, command. */
  readonly details: readonly (readonly [string, RawValue])[]
}

/** What a node reads, and the key under which JSON names it; without one, JSON says the alias alone. */
export interface NamedTarget {
  readonly key: string | undefined
  readonly name: string
  readonly schema: string | undefined
  readonly alias: string
}

type Entries = readonly (readonly [string, RawValue])[]

const none: Entries = []

/** Node types whose text is JSON's. */
const plainTypes: ReadonlySet<string> = new Set(
  [
    'Result, ProjectSet, Append, Merge Append, Recursive Union, BitmapAnd, BitmapOr, Seq Scan, Sample Scan, Gather',
    'Gather Merge, Index Scan, Index Only Scan, Bitmap Index Scan, Bitmap Heap Scan, Tid Scan, Tid Range Scan',
    'Subquery Scan, Function Scan, Table Function Scan, Values Scan, CTE Scan, Named Tuplestore Scan',
    'WorkTable Scan, Foreign Scan, Custom Scan, Materialize, Memoize, Sort, Incremental Sort, Group, WindowAgg',
    'Unique, LockRows, Limit, Hash, Nested Loop, Merge Join, Hash Join, Aggregate, SetOp, ModifyTable',
  ].flatMap((line) => line.split(', ')),
)

const aggregateName = /^(Partial |Finalize )?(Aggregate|GroupAggregate|HashAggregate|MixedAggregate)$/
const strategies: ReadonlyMap<string, string> = new Map([
  ['Aggregate', 'Plain'],
  ['GroupAggregate', 'Sorted'],
  ['HashAggregate', 'Hashed'],
  ['MixedAggregate', 'Mixed'],
])
const joinName = /^(Nested Loop|Merge|Hash)( Left| Full| Right Semi| Right Anti| Right| Semi| Anti)? Join$/
const setOpName = /^(HashSetOp|SetOp) (Intersect|Except)( All)?$/
const customName = /^Custom Scan \((.*)\)$/
const modifications: ReadonlySet<string> = new Set(['Insert', 'Update', 'Delete', 'Merge'])

/** The type and what the name says besides. */
interface Kind {
  readonly nodeType: string
  readonly kind: Entries
  readonly provider?: string
  readonly details: Entries
}

/** A plan's thousands of nodes have a dozen names. */
const knownKinds = new Map<string, Kind>()
const mostKinds = 500

function readKind(name: string): Kind {
  const known = knownKinds.get(name)
  if (known !== undefined) return known
  const kind = findKind(name)
  // Anything may stand where a name does: that is not worth keeping.
  if (knownKinds.size < mostKinds && plainTypes.has(kind.nodeType)) knownKinds.set(name, kind)
  return kind
}

function findKind(name: string): Kind {
  const aggregate = aggregateName.exec(name)
  if (aggregate !== null) {
    const strategy = strategies.get(aggregate[2] ?? '') ?? 'Plain'
    const mode = aggregate[1]?.trim() ?? 'Simple'
    return {
      nodeType: 'Aggregate',
      kind: [
        ['Strategy', strategy],
        ['Partial Mode', mode],
      ],
      details: none,
    }
  }
  const join = joinName.exec(name)
  if (join !== null) {
    const nodeType = join[1] === 'Nested Loop' ? 'Nested Loop' : `${join[1] ?? ''} Join`
    return { nodeType, kind: none, details: [['Join Type', join[2]?.trim() ?? 'Inner']] }
  }
  if (name === 'Nested Loop') return { nodeType: name, kind: none, details: [['Join Type', 'Inner']] }
  const setOp = setOpName.exec(name)
  if (setOp !== null) {
    const strategy = setOp[1] === 'HashSetOp' ? 'Hashed' : 'Sorted'
    return {
      nodeType: 'SetOp',
      kind: [['Strategy', strategy]],
      details: [['Command', `${setOp[2] ?? ''}${setOp[3] ?? ''}`]],
    }
  }
  if (modifications.has(name)) return { nodeType: 'ModifyTable', kind: [['Operation', name]], details: none }
  const foreign = name.startsWith('Foreign ') ? name.slice('Foreign '.length) : ''
  if (foreign === 'Scan') return { nodeType: name, kind: [['Operation', 'Select']], details: none }
  if (modifications.has(foreign))
    return { nodeType: 'Foreign Scan', kind: [['Operation', foreign]], details: none }
  const custom = customName.exec(name)
  if (custom !== null)
    return { nodeType: 'Custom Scan', kind: none, provider: custom[1] ?? '', details: none }
  return { nodeType: name, kind: none, details: none }
}

/** The key under which JSON names what a node reads; without one, it says the alias alone. */
const targetKeys: ReadonlyMap<string, string | undefined> = new Map([
  ['Function Scan', 'Function Name'],
  ['Table Function Scan', 'Table Function Name'],
  ['CTE Scan', 'CTE Name'],
  ['WorkTable Scan', 'CTE Name'],
  ['Named Tuplestore Scan', 'Tuplestore Name'],
  ['Values Scan', undefined],
  ['Subquery Scan', undefined],
])

/** A target in JSON's keys; relations unless the node type reads something else. */
export function nameTarget(nodeType: string, { name, schema, alias }: Target): NamedTarget {
  const key = targetKeys.has(nodeType) ? targetKeys.get(nodeType) : 'Relation Name'
  return { key, name, schema, alias: alias ?? name }
}

/** Whether a text without figures names a node the server knows: `Seq Scan on t`, `Hash Left Join`. */
export function isKnownName(text: string): boolean {
  const { name } = splitName(text)
  return plainTypes.has(readKind(name).nodeType)
}

interface SplitName {
  readonly name: string
  readonly isParallel: boolean
  readonly isAsync: boolean
  readonly isBackward: boolean
  readonly using: string | undefined
  readonly on: string | undefined
}

function splitName(text: string): SplitName {
  let rest = text
  const isParallel = rest.startsWith('Parallel ')
  if (isParallel) rest = rest.slice('Parallel '.length)
  const isAsync = rest.startsWith('Async ')
  if (isAsync) rest = rest.slice('Async '.length)
  const onAt = findWord(rest, ' on ')
  const on = onAt === -1 ? undefined : rest.slice(onAt + 4).trim()
  if (onAt !== -1) rest = rest.slice(0, onAt)
  const usingAt = findWord(rest, ' using ')
  const using = usingAt === -1 ? undefined : rest.slice(usingAt + 7).trim()
  if (usingAt !== -1) rest = rest.slice(0, usingAt)
  const isBackward = rest.endsWith(' Backward')
  if (isBackward) rest = rest.slice(0, -' Backward'.length)
  return { name: rest.trim(), isParallel, isAsync, isBackward, using, on }
}

/** Takes a node's name apart, `Parallel Index Scan Backward using i on s.t a`, into what JSON says of it. */
export function readNodeName(text: string): NodeName {
  const { name, isParallel, isAsync, isBackward, using, on } = splitName(text)
  const { nodeType, kind, provider, details } = readKind(name)
  const isIndex = nodeType === 'Index Scan' || nodeType === 'Index Only Scan'
  const isBitmap = nodeType === 'Bitmap Index Scan'
  const index = (isBitmap ? on : undefined) ?? using
  return {
    nodeType,
    kind,
    provider,
    isParallel,
    isAsync,
    direction: isIndex ? (isBackward ? 'Backward' : 'Forward') : undefined,
    index: index === undefined ? undefined : readLoneName(index),
    target: on === undefined || isBitmap ? undefined : nameTarget(nodeType, readTarget(on)),
    details,
  }
}
