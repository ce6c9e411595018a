import { useConnection, useWorkbench } from '#renderer/state/index.ts'
import { type ConnectionWords, describeConnection } from './connection-words.ts'

/** The connection as it is now, in words. */
export function useConnectionWords(): ConnectionWords {
  return describeConnection(
    useConnection(),
    useWorkbench((store) => store.state?.demo),
  )
}
