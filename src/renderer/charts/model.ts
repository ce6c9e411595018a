import type { TimeRange } from '#shared/series/index.ts'
import type { EpochMs } from '#shared/units/index.ts'

/** A CSS variable of the theme that holds a colour, or a shade of it: `--wait-io`, `--wait-io/2`. */
export type ColourToken = `--${string}`

/** One layer of a stack, or one line. */
export interface ChartSeries {
  readonly key: string
  readonly label: string
  readonly colour: ColourToken
}

/** A value of a series: `null` where nothing was sampled. */
export type ChartValue = number | null

/** What a chart draws. Whoever owns it changes it in place; a chart reads it when it draws, and keeps nothing. */
export interface ChartPoints {
  /** In ascending order. */
  readonly atMs: readonly EpochMs[]
  /** One list a series, in the series' order, each as long as `atMs`. */
  readonly values: readonly (readonly ChartValue[])[]
  /** The same number says that nothing has changed since the last reading; absent where that is not known. */
  readonly version?: number
}

/** Where points come from, and news of them. */
export interface ChartSource {
  readonly read: () => ChartPoints
  readonly subscribe: (listener: () => void) => () => void
}

/** The time that charts show; it may move many times a second. */
export interface ChartRange {
  readonly get: () => TimeRange
  readonly subscribe: (listener: () => void) => () => void
}

/** The moment that is pointed at, in any chart of the window. */
export interface ChartPointer {
  readonly get: () => EpochMs | undefined
  readonly set: (atMs: EpochMs | undefined) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** A level worth comparing with: the processors of the machine, the connections allowed. */
export interface ChartLevel {
  readonly value: number
  readonly label: string
  /** It is on the scale from this share of it on, a quarter unless told: below, it would press the figures flat. */
  readonly nearShare?: number
}

/** Something that happened: a line at a moment, or a shade over a span (`gap`, `void`). */
export interface ChartMark {
  readonly atMs: EpochMs
  readonly endedAtMs?: EpochMs
  readonly label: string
  /** `void`: nobody meant to look. `gap`: nobody could. */
  readonly tone: 'void' | 'gap' | 'quiet' | 'warn' | 'bad'
  /** What was before has nothing to do with what comes after: no line is drawn across. */
  readonly isBreak?: boolean
}

/** Where a chart's figures come from, for whoever doubts them. */
export interface Provenance {
  /** View and column. */
  readonly source: string
  readonly formula?: string
  /** `10 Hz`, `every second`. */
  readonly rate?: string
}

/** What the chart does to the time that is shown. */
export interface ChartActions {
  readonly onRange: (range: TimeRange) => void
  /** `factor` below 1 shows less time. */
  readonly onZoom: (factor: number, aroundMs: EpochMs) => void
  /** Double click: back to the newest. */
  readonly onReset: () => void
  /** Something is being copied: tells how that ends. */
  readonly onCopy: (what: string, work: Promise<void>) => void
}

export interface ChartSpec {
  /** What it shows: its name for screen readers, and for what is copied. */
  readonly label: string
  readonly series: readonly ChartSeries[]
  readonly source: ChartSource
  /** `stack`: areas on top of each other, the first at the bottom. `area`: one filled line. */
  readonly shape: 'stack' | 'lines' | 'area'
  readonly format: (value: number) => string
  /** What the scale counts, where its figures don't say: `active session`, and of several. Told beside the highest of them. */
  readonly unit?: readonly [one: string, several: string]
  /** `zero` (default): the scale begins at zero. `data`: it shows the values' own spread, as ratios near 1 need. */
  readonly base?: 'zero' | 'data'
  /** The scale never ends above this. */
  readonly most?: number
  readonly level?: ChartLevel
  readonly marks?: readonly ChartMark[]
  readonly range: ChartRange
  readonly pointer: ChartPointer
  readonly provenance: Provenance
  /** The wheel zooms without a modifier: for charts that nothing scrolls under. */
  readonly wheelZooms?: boolean
  /** Called when it has been drawn, in the same frame. */
  readonly onDrawn?: () => void
  /** Without times and scale: there is hardly room. */
  readonly isSmall?: boolean
}
