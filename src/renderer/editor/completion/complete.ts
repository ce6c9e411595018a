import type { CatalogueRelation } from '#shared/contract/index.ts'
import { type CatalogueIndex, type FunctionGroup, isAtHand, isSystemSchema } from './catalogue-index.ts'
import {
  type ColumnLookup,
  columnsOfSource,
  type RelationRef,
  type ScopedColumn,
  sourceName,
} from './columns.ts'
import { type CompletionContext, readContext } from './context.ts'
import { fold, pickBest } from './rank.ts'
import { likelyWords, startWords, typeNames, writeName } from './words.ts'

export type SuggestionKind =
  | 'column'
  | 'alias'
  | 'cte'
  | 'table'
  | 'view'
  | 'schema'
  | 'function'
  | 'keyword'
  | 'type'

export interface Suggestion {
  readonly kind: SuggestionKind
  readonly label: string
  /** What is written; `$0` marks where the cursor ends up, in functions only. */
  readonly insert: string
  /** Type of a column, arguments of a function, schema of a relation. */
  readonly detail: string
  readonly documentation?: string
}

export interface Completion {
  readonly suggestions: readonly Suggestion[]
  readonly replaceStart: number
  readonly replaceEnd: number
  /** Relations whose columns belong here but are not known yet: fetch them and ask again. */
  readonly missing: readonly RelationRef[]
}

const limit = 200

interface Candidate {
  readonly suggestion: Suggestion
  readonly weight: number
}

function relationKind({ kind }: CatalogueRelation): SuggestionKind {
  return kind === 'view' || kind === 'materialized view' ? 'view' : 'table'
}

function relationSuggestion(relation: CatalogueRelation, qualified: boolean): Suggestion {
  const name = writeName(relation.name)
  const rows =
    relation.estimatedRows === undefined
      ? ''
      : ` · about ${relation.estimatedRows.toLocaleString('en-US')} rows`
  return {
    kind: relationKind(relation),
    label: relation.name,
    insert: relation.visible || qualified ? name : `${writeName(relation.schema)}.${name}`,
    detail: `${relation.schema} · ${relation.kind}${rows}`,
  }
}

function functionSuggestion(group: FunctionGroup, qualified: boolean): Suggestion {
  const [first, ...others] = group.overloads
  const name = writeName(group.name)
  const written = qualified || isAtHand(group) ? name : `${writeName(group.schema)}.${name}`
  const bare = group.overloads.every((one) => one.arguments === '')
  const more = others.length === 0 ? '' : ` (+${others.length})`
  return {
    kind: 'function',
    label: group.name,
    insert: bare ? `${written}()` : `${written}($0)`,
    detail: `(${first?.arguments ?? ''}) → ${first?.returns ?? ''}${more}`,
    documentation: group.overloads
      .slice(0, 12)
      .map((one) => `${one.name}(${one.arguments}) → ${one.returns} · ${one.kind}`)
      .join('\n'),
  }
}

function columnSuggestion(column: ScopedColumn): Suggestion {
  const nullable = column.nullable === true ? ', may be NULL' : ''
  return {
    kind: 'column',
    label: column.name,
    insert: writeName(column.name),
    detail: column.type === undefined ? column.source : `${column.type}${nullable} · ${column.source}`,
  }
}

function keywordSuggestion(word: string, upperCase: boolean): Suggestion {
  const text = upperCase ? word.toUpperCase() : word
  return { kind: 'keyword', label: text, insert: text, detail: '' }
}

function plain(kind: SuggestionKind, name: string, detail: string): Suggestion {
  return { kind, label: name, insert: writeName(name), detail }
}

function keywords(
  context: CompletionContext,
  catalogue: CatalogueIndex,
  clause: string,
): readonly Candidate[] {
  const likely = clause === 'start' ? startWords : (likelyWords[clause] ?? [])
  // Without a letter only what is likely is offered: four hundred keywords help nobody.
  const known = context.prefix === '' ? [] : catalogue.keywords.map(({ item }) => item)
  const words = [...likely, ...known.filter((word) => !likely.includes(word))]
  return words.map((word) => ({
    suggestion: keywordSuggestion(word, context.upperCase),
    weight: likely.includes(word) ? 30 + likely.indexOf(word) : 90,
  }))
}

/** Relations are ranked before they are dressed: ten thousand of them are looked at on each key. */
function relations(
  context: CompletionContext,
  catalogue: CatalogueIndex,
  schema: string | undefined,
): readonly Candidate[] {
  const from =
    schema === undefined
      ? catalogue.relations
      : catalogue.relations.filter(({ item }) => item.schema === schema)
  const weight = (item: CatalogueRelation): number =>
    (item.visible ? 0 : 4) + (isSystemSchema(item.schema) ? 20 : 0) + (item.kind === 'sequence' ? 10 : 0)
  return pickBest(context.prefix, from, limit, weight).map(({ item }) => ({
    suggestion: relationSuggestion(item, schema !== undefined),
    weight: 10 + weight(item),
  }))
}

function functions(
  context: CompletionContext,
  catalogue: CatalogueIndex,
  schema: string | undefined,
  procedures: boolean,
): readonly Candidate[] {
  // Thousands of functions without a letter typed would bury the columns.
  if (context.prefix === '' && schema === undefined && !procedures) return []
  const fits = ({ item }: { readonly item: FunctionGroup }): boolean =>
    (schema === undefined || item.schema === schema) &&
    (item.overloads[0]?.kind === 'procedure') === procedures
  const weight = (group: FunctionGroup): number =>
    (isAtHand(group) ? 0 : 10) + (group.name.startsWith('pg_') ? 8 : 0)
  return pickBest(context.prefix, catalogue.functions.filter(fits), limit, weight).map(({ item }) => ({
    suggestion: functionSuggestion(item, schema !== undefined),
    weight: 40 + weight(item),
  }))
}

function schemas(catalogue: CatalogueIndex): readonly Candidate[] {
  return catalogue.schemas.map(({ item }) => ({
    suggestion: plain('schema', item, 'schema'),
    weight: isSystemSchema(item) ? 45 : 20,
  }))
}

function scopedColumns(
  context: CompletionContext,
  lookup: ColumnLookup,
  missing: Map<string, RelationRef>,
): readonly Candidate[] {
  return context.sources
    .flatMap((source) => columnsOfSource(source, lookup, missing))
    .map((column, index) => ({ suggestion: columnSuggestion(column), weight: index / 10_000 }))
}

/** Same label from several sources (`id`): kept, since the detail says whose it is. */
function qualified(
  context: CompletionContext,
  catalogue: CatalogueIndex,
  lookup: ColumnLookup,
  missing: Map<string, RelationRef>,
): readonly Candidate[] {
  const [first = '', second] = context.qualifiers
  const { expected } = context
  if (expected.kind !== 'relation') {
    const sources = context.sources.filter((source) =>
      second === undefined
        ? sourceName(source) === first
        : source.kind === 'relation' && source.schema === first && source.name === second,
    )
    const source = sources[0]
    if (source)
      return columnsOfSource(source, lookup, missing).map((column, index) => ({
        suggestion: columnSuggestion(column),
        weight: index / 10_000,
      }))
  }
  if (second !== undefined || !catalogue.schemas.some(({ item }) => item === first)) return []
  return expected.kind === 'relation'
    ? [...relations(context, catalogue, first), ...functions(context, catalogue, first, false)]
    : functions(context, catalogue, first, expected.kind === 'procedure')
}

function unqualified(
  context: CompletionContext,
  catalogue: CatalogueIndex,
  lookup: ColumnLookup,
  missing: Map<string, RelationRef>,
): readonly Candidate[] {
  const { expected } = context
  switch (expected.kind) {
    case 'nothing':
      return []
    case 'start':
      return keywords(context, catalogue, 'start')
    case 'keyword':
      return keywords(context, catalogue, expected.clause)
    case 'type':
      return typeNames.map((name, index) => ({
        suggestion: { kind: 'type', label: name, insert: name, detail: 'type' },
        weight: index,
      }))
    case 'procedure':
      return [...functions(context, catalogue, undefined, true), ...schemas(catalogue)]
    case 'target-column': {
      const target = context.sources[0]
      return target ? scopedColumns({ ...context, sources: [target] }, lookup, missing) : []
    }
    case 'relation':
      return [
        ...context.ctes.map((name) => ({ suggestion: plain('cte', name, 'with'), weight: 0 })),
        ...relations(context, catalogue, undefined),
        ...schemas(catalogue),
        ...(expected.clause === 'from' ? functions(context, catalogue, undefined, false) : []),
        ...keywords(context, catalogue, expected.clause),
      ]
    case 'expression':
      return [
        ...scopedColumns(context, lookup, missing),
        ...context.sources.map((source) => ({
          suggestion: plain(
            'alias',
            sourceName(source),
            source.kind === 'relation' ? source.name : 'subquery',
          ),
          weight: 5,
        })),
        ...(expected.clause === 'order' || expected.clause === 'group'
          ? context.outputs.map((name) => ({ suggestion: plain('column', name, 'select list'), weight: -1 }))
          : []),
        ...functions(context, catalogue, undefined, false),
        ...(context.sources.length === 0 ? schemas(catalogue) : []),
        ...keywords(context, catalogue, expected.clause),
      ]
  }
}

/** What fits at `offset`, best first. Pure; `missing` says which columns to fetch for a fuller answer. */
export function complete(
  text: string,
  offset: number,
  catalogue: CatalogueIndex,
  lookup: ColumnLookup,
): Completion {
  const context = readContext(text, offset)
  const missing = new Map<string, RelationRef>()
  const candidates =
    context.qualifiers.length > 0
      ? qualified(context, catalogue, lookup, missing)
      : unqualified(context, catalogue, lookup, missing)
  const folded = candidates.map((candidate) => fold(candidate, candidate.suggestion.label))
  return {
    suggestions: pickBest(context.prefix, folded, limit, ({ weight }) => weight).map(
      ({ item }) => item.suggestion,
    ),
    replaceStart: context.replaceStart,
    replaceEnd: context.replaceEnd,
    missing: [...missing.values()].slice(0, 50),
  }
}
