import { useMemo, useState } from 'react'
import { DataTable, EmptyState, type SortOrder } from '#renderer/kit/index.ts'
import type { PlanReference, StatementGroup } from '#shared/logs/index.ts'
import { groupColumns } from './group-columns.tsx'

interface GroupTableProps {
  readonly groups: readonly StatementGroup[]
  readonly selected: string | undefined
  readonly onSelect: (fingerprint: string) => void
  readonly onOpen: (group: StatementGroup, plan: PlanReference) => void
}

/** Statements of a log, dearest first or by any figure. Enter and a double click open the slowest plan. */
export function GroupTable({ groups, selected, onSelect, onOpen }: GroupTableProps) {
  const [order, setOrder] = useState<SortOrder>({ columnId: 'total', descending: true })
  const largestMs = groups[0]?.totalMs ?? 0
  const columns = useMemo(() => groupColumns(largestMs), [largestMs])
  return (
    <DataTable
      label="Statements of the log"
      columns={columns}
      rows={groups}
      keyOf={({ fingerprint }) => fingerprint}
      order={order}
      onOrder={setOrder}
      selectedKey={selected}
      onSelect={({ fingerprint }) => onSelect(fingerprint)}
      empty={<EmptyState title="No statement fits the filter" />}
      onOpen={(group) => group.plans[0] !== undefined && onOpen(group, group.plans[0])}
    />
  )
}
