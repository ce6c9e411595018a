import { useMemo, useState } from 'react'
import { DataTable, type SortOrder } from '#renderer/kit/index.ts'
import { compareColumns } from './compare-columns.tsx'
import type { CompareRow } from './compare-rows.ts'

interface CompareTableProps {
  readonly rows: readonly CompareRow[]
  readonly selectedKey: string | undefined
  readonly onSelect: (key: string) => void
}

/** Both plans as one table, in the order of the plan after or by any figure. */
export function CompareTable({ rows, selectedKey, onSelect }: CompareTableProps) {
  const [order, setOrder] = useState<SortOrder>({ columnId: 'node', descending: false })
  const columns = useMemo(() => compareColumns(rows), [rows])
  return (
    <DataTable
      label="Nodes of both plans"
      columns={columns}
      rows={rows}
      keyOf={({ key }) => key}
      order={order}
      onOrder={setOrder}
      selectedKey={selectedKey}
      onSelect={({ key }) => onSelect(key)}
      minWidthPx={780}
    />
  )
}
