import { formatBytes, formatDuration, formatFigure } from '#shared/units/index.ts'

/** How values of charts are written, each with its unit. */
export const formatPerSecond = (value: number): string => `${formatFigure(value)} /s`
export const formatBytesPerSecond = (value: number): string => `${formatBytes(value)}/s`
export const formatMs = (value: number): string => formatDuration(value)
