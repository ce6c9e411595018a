import type { RawValue } from '../../raw.ts'
import { findWord, readLoneName, readTarget, type Target } from './target.ts'

/** What the words of a node's name say in JSON's keys, `Parallel Index Scan Backward`. */
export interface NodeKind {
  readonly nodeType: string
  /** Between `Node Type` and `Parent Relationship`. */
  readonly entries: readonly (readonly [string, RawValue])[]
  readonly provider: string | undefined
  readonly isParallel: boolean
  readonly isAsync: boolean
  readonly direction: string | undefined
  /** The key under which JSON names what it reads; without one, JSON says the alias alone. */
  readonly targetKey: string | undefined
  /** Behind the target: join type, command. */
  readonly details: readonly (readonly [string, RawValue])[]
}

/** What a node's name in text says: its kind, which it shares with others of its name, and what it reads. */
export interface NodeName {
  readonly kind: NodeKind
  readonly index: string | undefined
  readonly target: Target | undefined
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

/** Where it is no relation. */
const targetKeys: ReadonlyMap<string, string | undefined> = new Map([
  ['Function Scan', 'Function Name'],
  ['Table Function Scan', 'Table Function Name'],
  ['CTE Scan', 'CTE Name'],
  ['WorkTable Scan', 'CTE Name'],
  ['Named Tuplestore Scan', 'Tuplestore Name'],
  ['Values Scan', undefined],
  ['Subquery Scan', undefined],
])

/** The type, and what the name says besides. */
interface TypeWords {
  readonly nodeType: string
  readonly entries: Entries
  readonly provider?: string
  readonly details: Entries
}

/** A plan's thousands of nodes have a dozen names. */
const knownKinds = new Map<string, NodeKind>()
const mostKinds = 500

/** The kind of a name without its target: `Parallel Index Only Scan Backward`. */
function readKind(name: string): NodeKind {
  const known = knownKinds.get(name)
  if (known !== undefined) return known
  const kind = findKind(name)
  // Anything may stand where a name does: that is not worth keeping.
  if (knownKinds.size < mostKinds && plainTypes.has(kind.nodeType)) knownKinds.set(name, kind)
  return kind
}

function findKind(name: string): NodeKind {
  const isParallel = name.startsWith('Parallel ')
  const bare = isParallel ? name.slice('Parallel '.length) : name
  const isAsync = bare.startsWith('Async ')
  const isBackward = bare.endsWith(' Backward')
  const type = bare.slice(isAsync ? 'Async '.length : 0, isBackward ? -' Backward'.length : undefined)
  const { nodeType, entries, provider, details } = findType(type.trim())
  const isIndex = nodeType === 'Index Scan' || nodeType === 'Index Only Scan'
  const direction = isIndex ? (isBackward ? 'Backward' : 'Forward') : undefined
  const targetKey = targetKeys.has(nodeType) ? targetKeys.get(nodeType) : 'Relation Name'
  return { nodeType, entries, provider, isParallel, isAsync, direction, targetKey, details }
}

/** A name without the words that any node may have. */
function findType(name: string): TypeWords {
  const aggregate = aggregateName.exec(name)
  if (aggregate !== null) {
    const strategy = strategies.get(aggregate[2] ?? '') ?? 'Plain'
    const mode = aggregate[1]?.trim() ?? 'Simple'
    return {
      nodeType: 'Aggregate',
      entries: [
        ['Strategy', strategy],
        ['Partial Mode', mode],
      ],
      details: none,
    }
  }
  const join = joinName.exec(name)
  if (join !== null) {
    const nodeType = join[1] === 'Nested Loop' ? 'Nested Loop' : `${join[1] ?? ''} Join`
    return { nodeType, entries: none, details: [['Join Type', join[2]?.trim() ?? 'Inner']] }
  }
  if (name === 'Nested Loop') return { nodeType: name, entries: none, details: [['Join Type', 'Inner']] }
  const setOp = setOpName.exec(name)
  if (setOp !== null) {
    const strategy = setOp[1] === 'HashSetOp' ? 'Hashed' : 'Sorted'
    return {
      nodeType: 'SetOp',
      entries: [['Strategy', strategy]],
      details: [['Command', `${setOp[2] ?? ''}${setOp[3] ?? ''}`]],
    }
  }
  if (modifications.has(name))
    return { nodeType: 'ModifyTable', entries: [['Operation', name]], details: none }
  const foreign = name.startsWith('Foreign ') ? name.slice('Foreign '.length) : ''
  if (foreign === 'Scan') return { nodeType: name, entries: [['Operation', 'Select']], details: none }
  if (modifications.has(foreign))
    return { nodeType: 'Foreign Scan', entries: [['Operation', foreign]], details: none }
  const custom = customName.exec(name)
  if (custom !== null)
    return { nodeType: 'Custom Scan', entries: none, provider: custom[1] ?? '', details: none }
  return { nodeType: name, entries: none, details: none }
}

/** A name in its parts, as they stand in the text. */
interface NameParts {
  readonly name: string
  readonly using: string | undefined
  readonly on: string | undefined
}

function splitName(text: string): NameParts {
  const onAt = findWord(text, ' on ')
  const head = onAt === -1 ? text : text.slice(0, onAt)
  const usingAt = findWord(head, ' using ')
  return {
    name: (usingAt === -1 ? head : head.slice(0, usingAt)).trim(),
    using: usingAt === -1 ? undefined : head.slice(usingAt + 7).trim(),
    on: onAt === -1 ? undefined : text.slice(onAt + 4).trim(),
  }
}

/** Whether a text without figures names a node the server knows: `Seq Scan on t`, `Hash Left Join`. */
export function isKnownName(text: string): boolean {
  return plainTypes.has(readKind(splitName(text).name).nodeType)
}

/** Takes a node's name apart, `Parallel Index Scan Backward using i on s.t a`, into what JSON says of it. */
export function readNodeName(text: string): NodeName {
  const { name, using, on } = splitName(text)
  const kind = readKind(name)
  const isBitmap = kind.nodeType === 'Bitmap Index Scan'
  const index = (isBitmap ? on : undefined) ?? using
  return {
    kind,
    index: index === undefined ? undefined : readLoneName(index),
    target: on === undefined || isBitmap ? undefined : readTarget(on),
  }
}
