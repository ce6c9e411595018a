import { create } from 'zustand'
import type { SortOrder } from '#renderer/kit/index.ts'
import type { StatementDetail } from '#shared/contract/index.ts'
import type { ListedStatement } from './listed.ts'

interface StatementsStore {
  /** As it is typed. */
  readonly filter: string
  readonly order: SortOrder
  readonly selectedKey: string | undefined
  readonly rows: readonly ListedStatement[]
  /** Of the selected statement, as it was answered last. */
  readonly detail: StatementDetail | undefined
}

/** Lives as long as the window, so that leaving the panel loses nothing. */
export const useStatements = create<StatementsStore>(() => ({
  filter: '',
  order: { columnId: 'load', descending: true },
  selectedKey: undefined,
  rows: [],
  detail: undefined,
}))

export function selectStatement(key: string | undefined): void {
  if (useStatements.getState().selectedKey === key) return
  useStatements.setState({ selectedKey: key, detail: undefined })
}

export const useSelectedRow = (): ListedStatement | undefined =>
  useStatements(({ rows, selectedKey }) => rows.find(({ key }) => key === selectedKey))

/** What is known of the selected statement; of no other. */
export const useSelectedDetail = (): StatementDetail | undefined =>
  useStatements(({ detail, selectedKey }) => (detail?.key === selectedKey ? detail : undefined))
