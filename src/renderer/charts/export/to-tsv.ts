import type { ChartSpec } from '../model.ts'

/** A chart's figures for a spreadsheet: one line a moment in UTC, one column a series; gaps are empty. */
export function chartToTsv(spec: ChartSpec): string {
  const { atMs, values } = spec.source.read()
  const { fromMs, toMs } = spec.range.get()
  const head = ['time', ...spec.series.map(({ label }) => clean(label))].join('\t')
  const lines = atMs.flatMap((moment, index) => {
    if (moment < fromMs || moment > toMs) return []
    const cells = spec.series.map((_series, at) => values[at]?.[index] ?? '')
    return [[new Date(moment).toISOString(), ...cells].join('\t')]
  })
  return [head, ...lines].join('\n')
}

const clean = (text: string) => text.replaceAll(/[\t\r\n]+/g, ' ')
