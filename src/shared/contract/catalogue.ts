import { type } from '@orpc/contract'
import { z } from 'zod'
import { base } from './base.ts'

export interface CatalogueRelation {
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'view' | 'materialized view' | 'foreign table' | 'partitioned table' | 'sequence'
  /** On the search path: may be written without its schema. */
  readonly visible: boolean
  readonly estimatedRows?: number
}

export interface CatalogueColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
}

export interface CatalogueFunction {
  readonly schema: string
  readonly name: string
  readonly arguments: string
  readonly returns: string
  readonly kind: 'function' | 'aggregate' | 'window' | 'procedure'
}

/** Names for completion, without columns: those are asked for by relation, since 10,000 relations have too many. */
export interface CatalogueNames {
  readonly schemas: readonly string[]
  readonly relations: readonly CatalogueRelation[]
  readonly functions: readonly CatalogueFunction[]
  readonly keywords: readonly string[]
  /** Answered from memory; read anew with `refresh`. */
  readonly readAtMs: number
}

export const catalogue = {
  /** Names in the connected database: those of the last reading, unless `refresh`. `NOT_CONNECTED` without a server. */
  names: base.input(z.strictObject({ refresh: z.boolean() })).output(type<CatalogueNames>()),
  /** Columns of up to 50 relations; unknown ones are left out. A relation without schema is found by search path. */
  columns: base
    .input(
      z.strictObject({
        relations: z
          .array(z.strictObject({ schema: z.string().max(200).exactOptional(), name: z.string().max(200) }))
          .max(50),
      }),
    )
    .output(
      type<
        readonly {
          readonly schema: string
          readonly name: string
          readonly columns: readonly CatalogueColumn[]
        }[]
      >(),
    ),
}
