import { Info, type LucideIcon, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { Tone } from '#renderer/kit/index.ts'
import type { Severity } from '#shared/plan/index.ts'

export const severityTones: Readonly<Record<Severity, Tone>> = {
  critical: 'bad',
  warning: 'warn',
  info: 'info',
}

/** A form of its own beside the colour. */
export const severityIcons: Readonly<Record<Severity, LucideIcon>> = {
  critical: OctagonAlert,
  warning: TriangleAlert,
  info: Info,
}

export const severityInk: Readonly<Record<Severity, string>> = {
  critical: 'text-bad',
  warning: 'text-warn',
  info: 'text-info',
}

export const severityEdge: Readonly<Record<Severity, string>> = {
  critical: 'border-l-bad',
  warning: 'border-l-warn',
  info: 'border-l-info',
}
