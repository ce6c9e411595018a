export { type DataColumn, nextOrder, type SortOrder, sortRows, toTsv } from './columns.ts'
export { DataTable, type DataTableProps } from './data-table.tsx'
