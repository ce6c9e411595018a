import type { Answer } from '../collector.ts'
import type { FiguresReading } from '../counter-memory.ts'

export function parseTempFiles(rows: Answer['rows']): FiguresReading {
  return {
    gauges: rows.flatMap(([tablespace, files, bytes]) => {
      const labels = [tablespace ?? '']
      return [
        { metric: 'sizes.temp-files', labels, value: Number(files) },
        { metric: 'sizes.temp-bytes', labels, value: Number(bytes) },
      ]
    }),
  }
}

export function parseWalFiles(rows: Answer['rows']): FiguresReading {
  const [files, bytes] = rows[0] ?? []
  return {
    gauges: [
      { metric: 'sizes.wal-files', value: Number(files) },
      { metric: 'sizes.wal-bytes', value: Number(bytes ?? 0) },
    ],
  }
}
