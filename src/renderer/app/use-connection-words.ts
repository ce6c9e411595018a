import { useConnection, useRecordingState, useWorkbench } from '#renderer/state/index.ts'
import { type ConnectionWords, describeConnection } from './connection-words.ts'

/** The connection as it is now, in words; nobody knows how it is while the workbench is out of reach. */
export function useConnectionWords(): ConnectionWords {
  const words = describeConnection(
    useConnection(),
    useWorkbench((store) => store.state?.demo),
    useRecordingState(),
  )
  const isUnreachable = useWorkbench((store) => store.link.status === 'unreachable')
  return isUnreachable
    ? { tone: 'bad', name: words.name, detail: 'out of reach', word: 'workbench unreachable' }
    : words
}
