import { create } from 'zustand'
import type { SortOrder } from '#renderer/kit/index.ts'
import type { SchemaRows } from './build-rows.ts'

export const listIds = ['tables', 'indexes', 'missing'] as const
export type ListId = (typeof listIds)[number]

interface TablesStore {
  readonly rows: SchemaRows | undefined
  readonly list: ListId
  readonly filter: string
  readonly orders: Readonly<Record<ListId, SortOrder>>
  /** A row's key, in whichever list. */
  readonly selectedKey: string | undefined
}

/** Lives as long as the window, so that leaving the panel loses nothing. */
export const useTables = create<TablesStore>(() => ({
  rows: undefined,
  list: 'tables',
  filter: '',
  orders: {
    tables: { columnId: 'size', descending: true },
    // What is wrong stands first; the rest follows by size.
    indexes: { columnId: 'trouble', descending: false },
    missing: { columnId: 'cost', descending: true },
  },
  selectedKey: undefined,
}))
