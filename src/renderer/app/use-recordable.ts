import { useServer, useSession } from '#renderer/state/index.ts'
import type { Recordable } from './recording-words.ts'

/** What stands in the way of recording. */
export function useRecordable(): Recordable {
  const isConnected = useServer() !== undefined
  const isReadOnly = useSession((store) => store.session?.readOnly === true)
  return { isConnected, isReadOnly }
}
