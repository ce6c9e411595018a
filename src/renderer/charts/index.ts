export { bridgeShortGaps } from './bridge-gaps.ts'
export { cancelDraw, requestDraw } from './draw-loop.ts'
export { HeatStrip } from './heat-strip.tsx'
export type {
  ChartActions,
  ChartMark,
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
export { scaleTop } from './scale.ts'
export { useWasNearSight } from './sight.ts'
export { Spark } from './spark.tsx'
export { type PlotValue, stackInto } from './stack.ts'
export { TimeChart } from './time-chart.tsx'
export { formatClock, timeLabels } from './time-labels.ts'
