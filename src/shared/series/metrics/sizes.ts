import { gauge } from '../define.ts'

export const sizeMetrics = {
  'sizes.database-bytes': gauge('Size of a database', 'bytes', 'pg_database_size()', ['database']),
  'sizes.tablespace-bytes': gauge('Size of a tablespace', 'bytes', 'pg_tablespace_size()', ['tablespace']),
  'sizes.temp-bytes': gauge('Temporary files in use', 'bytes', 'pg_ls_tmpdir()', ['tablespace']),
  'sizes.temp-files': gauge('Number of temporary files in use', 'count', 'pg_ls_tmpdir()', ['tablespace']),
  'sizes.wal-bytes': gauge('Size of the WAL folder', 'bytes', 'pg_ls_waldir()'),
  'sizes.wal-files': gauge('Files in the WAL folder', 'count', 'pg_ls_waldir()'),
} as const
