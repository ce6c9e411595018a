import type { ColourToken } from '#renderer/charts/index.ts'
import type { MarkerKind } from '#shared/session/index.ts'

/** A sign of a few pixels; kinds that share a colour differ in their shape. */
export type MarkerShape = 'diamond' | 'disc' | 'ring' | 'square' | 'up' | 'right' | 'cross' | 'bar' | 'shade'

export interface MarkerLook {
  /** What such a mark is, in words. */
  readonly name: string
  readonly shape: MarkerShape
  readonly colour: ColourToken
  /** Of several in one place, the one that matters most is drawn. */
  readonly weight: number
}

const look = (name: string, shape: MarkerShape, colour: ColourToken, weight: number): MarkerLook => ({
  name,
  shape,
  colour,
  weight,
})

export const markerLooks: Readonly<Record<MarkerKind, MarkerLook>> = {
  gap: look('Gap', 'shade', '--ink-3', 8),
  reset: look('Counters reset', 'ring', '--warn', 7),
  'server-restart': look('Server restarted', 'cross', '--bad', 10),
  'connection-lost': look('Connection lost', 'cross', '--bad', 9),
  'connection-back': look('Connection back', 'ring', '--ok', 5),
  checkpoint: look('Checkpoint', 'diamond', '--info', 3),
  autovacuum: look('Autovacuum', 'disc', '--series-4', 2),
  vacuum: look('Vacuum', 'disc', '--series-2', 3),
  ddl: look('Schema changed', 'square', '--series-3', 6),
  copy: look('Copy', 'square', '--series-7', 3),
  backup: look('Backup', 'square', '--series-8', 4),
  'settings-changed': look('Settings changed', 'square', '--series-6', 6),
  deadlock: look('Deadlock', 'up', '--bad', 10),
  'observer-pace': look('Observer changed its pace', 'ring', '--ink-3', 1),
  'recording-started': look('Recording started', 'bar', '--ink-3', 4),
  'recording-stopped': look('Recording stopped', 'bar', '--ink-3', 4),
  run: look('Run', 'right', '--accent', 7),
}
