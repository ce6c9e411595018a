export { type DataColumn, type SortOrder, sortRows, toTsv } from './columns.ts'
export { DataTable } from './data-table.tsx'
