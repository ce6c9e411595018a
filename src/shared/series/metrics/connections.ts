import { gauge } from '../define.ts'

export const connectionMetrics = {
  'connections.state': gauge('Connections by state', 'sessions', 'pg_stat_activity.state', ['state']),
  'connections.limit': gauge('Connections allowed', 'sessions', 'max_connections'),
} as const
