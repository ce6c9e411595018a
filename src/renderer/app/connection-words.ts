import type { Tone } from '#renderer/kit/index.ts'
import type { ConnectionState, DemoState, RecordingState } from '#shared/session/index.ts'

export interface ConnectionWords {
  readonly tone: Tone
  readonly name: string
  /** What follows the name: version and database, or what is going on. */
  readonly detail: string
  /** One word for the status bar. */
  readonly word: string
}

/**
 * A connection's state in words; the demo is named while it is on its way.
 * @param recording of what is connected, if it is recorded
 */
export function describeConnection(
  connection: ConnectionState,
  demo?: DemoState,
  recording?: RecordingState,
): ConnectionWords {
  if (connection.status === 'disconnected' && demo?.status === 'starting') {
    return { tone: 'info', name: 'demo', detail: 'starting…', word: 'starting the demo' }
  }
  switch (connection.status) {
    case 'disconnected':
      return { tone: 'neutral', name: 'No server', detail: 'not connected', word: 'not connected' }
    case 'connecting':
      return { tone: 'info', name: connection.name, detail: 'connecting…', word: 'connecting' }
    case 'connected': {
      const { version, database } = connection.server
      return {
        // The recording asks ten times a second, and is the first to get no answer.
        tone: recording?.status === 'waiting' ? 'warn' : 'ok',
        name: connection.name,
        detail: `PostgreSQL ${shortVersion(version)} · ${database}`,
        word: 'connected',
      }
    }
    case 'reconnecting':
      return { tone: 'warn', name: connection.name, detail: 'reconnecting…', word: 'reconnecting' }
    case 'failed':
      return { tone: 'bad', name: connection.name, detail: 'connection failed', word: 'connection failed' }
  }
}

/** `18.4 (Debian 18.4-1.pgdg12+1)` → `18.4`. */
function shortVersion(version: string): string {
  return version.replace(/^PostgreSQL\s+/, '').split(' ')[0] ?? version
}
