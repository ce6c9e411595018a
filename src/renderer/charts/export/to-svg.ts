import { bridgeShortGaps } from '../bridge-gaps.ts'
import type { ChartSpec } from '../model.ts'
import { reachOf, scaleLines, scaleSpread, scaleTop } from '../scale.ts'
import { type PlotValue, stackInto } from '../stack.ts'
import { timeLabels } from '../time-labels.ts'

export interface SvgLook {
  readonly width: number
  readonly height: number
  /** A token's colour. */
  readonly colour: (token: `--${string}`) => string
}

const timesPx = 20
const topPx = 24

/** The chart as a picture of its own, with its name, scale and times; nothing in it depends on this window. */
export function chartToSvg(spec: ChartSpec, { width, height, colour }: SvgLook): string {
  const { fromMs, toMs } = spec.range.get()
  const { atMs, values } = spec.source.read()
  const rows: PlotValue[][] = spec.series.map((_one, at) => [...(values[at] ?? [])])
  if (spec.shape === 'stack') stackInto(rows, values, atMs.length)
  for (const row of rows) bridgeShortGaps(atMs, row, spec.marks)

  const inside = rows.flatMap((row) =>
    row.filter((value, at): value is number => typeof value === 'number' && (atMs[at] ?? 0) >= fromMs),
  )
  const highest = inside.reduce((most, value) => Math.max(most, value), 0)
  const lowest = inside.reduce((least, value) => Math.min(least, value), highest)
  const [bottom, top] =
    spec.base === 'data'
      ? scaleSpread(lowest, highest, spec.most)
      : [0, scaleTop(reachOf(highest, spec.level), undefined)]
  const plotHeight = height - timesPx - topPx
  const x = (moment: number) => round(((moment - fromMs) / (toMs - fromMs)) * width)
  const y = (value: number) => round(topPx + plotHeight * (1 - (value - bottom) / (top - bottom)))

  const shapes = rows.map((row, at) => {
    const paint = colour(spec.series[at]?.colour ?? '--ink-3')
    return runsOf(row)
      .map((run) => {
        const points = run.map((index) => `${x(atMs[index] ?? 0)},${y(row[index] ?? 0)}`).join(' ')
        if (spec.shape === 'lines')
          return `<polyline points="${points}" fill="none" stroke="${paint}" stroke-width="1.5"/>`
        const ends = `${x(atMs[run.at(-1) ?? 0] ?? 0)},${y(bottom)} ${x(atMs[run[0] ?? 0] ?? 0)},${y(bottom)}`
        return `<polygon points="${points} ${ends}" fill="${paint}"/>`
      })
      .join('')
  })
  if (spec.shape === 'stack') shapes.reverse()

  const text = (content: string, left: number, base: number, anchor: string, ink: `--${string}`) =>
    `<text x="${round(left)}" y="${round(base)}" text-anchor="${anchor}" fill="${colour(ink)}">${escape(content)}</text>`
  const { level } = spec
  const isLevelThere = level !== undefined && level.value <= top && level.value >= bottom
  // The level's own figure stands there.
  const lines = scaleLines(bottom, top, plotHeight).filter(
    (value) => !isLevelThere || Math.abs(y(value) - y(level.value)) >= 15,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="${colour('--surface-1')}"/>`,
    ...lines.map(
      (value) =>
        `<line x1="0" x2="${width}" y1="${y(value)}" y2="${y(value)}" stroke="${colour('--line')}"/>`,
    ),
    `<svg y="0" width="${width}" height="${height}" overflow="hidden">${shapes.join('')}</svg>`,
    ...lines.map((value) => text(spec.format(value), 4, y(value) - 3, 'start', '--ink-2')),
    ...(isLevelThere
      ? [
          `<line x1="0" x2="${width}" y1="${y(level.value)}" y2="${y(level.value)}" stroke="${colour('--ink-2')}" stroke-dasharray="4 3"/>`,
          text(level.label, 4, y(level.value) - 3, 'start', '--ink'),
        ]
      : []),
    ...timeLabels(fromMs, toMs, width / 110).map((label) =>
      text(label.text, x(label.atMs), height - 6, 'middle', '--ink-2'),
    ),
    text(spec.unit === undefined ? spec.label : `${spec.label}, ${spec.unit[1]}`, 4, 14, 'start', '--ink'),
    legend(spec, width, colour),
    '</svg>',
  ].join('\n')
}

function legend(spec: ChartSpec, width: number, colour: SvgLook['colour']): string {
  let right = width - 4
  return spec.series
    .toReversed()
    .map((series) => {
      const left = right - series.label.length * 6
      right = left - 22
      return `<rect x="${left - 12}" y="6" width="8" height="8" rx="2" fill="${colour(series.colour)}"/><text x="${left}" y="14" fill="${colour('--ink-2')}">${escape(series.label)}</text>`
    })
    .join('')
}

/** Indices of values that belong together: a null ends a run, `undefined` is passed over. */
function runsOf(row: readonly PlotValue[]): readonly (readonly number[])[] {
  const runs: number[][] = [[]]
  row.forEach((value, index) => {
    if (value === null) runs.push([])
    else if (value !== undefined) runs.at(-1)?.push(index)
  })
  return runs.filter((run) => run.length > 0)
}

const round = (value: number) => Math.round(value * 10) / 10

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
