export { bridgeShortGaps } from './bridge-gaps.ts'
export { cancelDraw, requestDraw } from './draw-loop.ts'
export { handleGestures, type TimeSurface } from './gestures.ts'
export { HeatStrip, type HeatStripProps } from './heat-strip.tsx'
export type {
  ChartActions,
  ChartLevel,
  ChartMark,
  ChartPointer,
  ChartPoints,
  ChartRange,
  ChartSeries,
  ChartSource,
  ChartSpec,
  ChartValue,
  ColourToken,
  Provenance,
} from './model.ts'
export { newestIndex } from './moment-words.ts'
export { nearestIndex } from './nearest.ts'
export { colourOf, cssColour, onPaletteChange, shadeCount } from './palette.ts'
export { roundUp, scaleTop } from './scale.ts'
export { Spark, type SparkProps } from './spark.tsx'
export { type PlotValue, stackInto, totalAt } from './stack.ts'
export { TimeChart, type TimeChartProps } from './time-chart.tsx'
export { formatClock, type TimeLabel, timeLabels } from './time-labels.ts'
