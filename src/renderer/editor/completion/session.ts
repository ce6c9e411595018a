import type { CatalogueColumn, CatalogueNames } from '#shared/contract/index.ts'
import { buildCatalogueIndex, type CatalogueIndex } from './catalogue-index.ts'
import { type ColumnLookup, type RelationRef, refKey } from './columns.ts'
import { type Completion, complete } from './complete.ts'
import { basicKeywords } from './words.ts'

/** Where completion learns about the database; implemented by whoever shows an editor. */
export interface CatalogueSource {
  /** What was read of the catalogue; a new object after each reading, `undefined` before the first. */
  names(): CatalogueNames | undefined
  columns(relations: readonly RelationRef[]): Promise<
    readonly {
      readonly schema: string
      readonly name: string
      readonly columns: readonly CatalogueColumn[]
    }[]
  >
}

const withoutServer: CatalogueIndex = buildCatalogueIndex({
  schemas: [],
  relations: [],
  functions: [],
  keywords: basicKeywords,
})

/** Completion of one editor: remembers columns until the catalogue is read anew. */
export function createCompletionSession(
  source: CatalogueSource,
): (text: string, offset: number) => Promise<Completion> {
  let read: CatalogueNames | undefined
  let index = withoutServer
  let known = new Map<string, readonly CatalogueColumn[] | null>()

  const refresh = (): void => {
    const names = source.names()
    if (names === read) return
    read = names
    index = names ? buildCatalogueIndex(names) : withoutServer
    known = new Map()
  }

  const lookup: ColumnLookup = (relation) => {
    const columns = known.get(refKey(relation))
    if (columns !== undefined) return columns
    // Names that the catalogue does not have need no question; a schema is needed to be sure of the others.
    return index.relationsByName.has(relation.name) ? undefined : null
  }

  const learn = async (missing: readonly RelationRef[]): Promise<void> => {
    const into = known
    const answers = await source.columns(missing)
    for (const relation of missing) {
      const answer = answers.find(
        ({ schema, name }) =>
          name === relation.name && (relation.schema === undefined || relation.schema === schema),
      )
      into.set(refKey(relation), answer?.columns ?? null)
    }
  }

  return async (text, offset) => {
    refresh()
    const first = complete(text, offset, index, lookup)
    if (first.missing.length === 0) return first
    await learn(first.missing)
    return complete(text, offset, index, lookup)
  }
}
