import type { InOrder } from '#main/order/index.ts'
import type { SessionEvent, SessionInfo } from '#shared/session/index.ts'
import type { Written } from './protocol.ts'
import type { StoreThread } from './worker-client.ts'

/** What of the open session those need who keep things in it. */
export interface OpenSession {
  readonly thread: StoreThread
  /** Changes happen one after the other: nothing may end up in the session that is just being opened. */
  readonly inOrder: InOrder
  /** @throws SESSION_READ_ONLY, SESSION_UNKNOWN */
  readonly requireWritable: () => SessionInfo
  /** Something was written to this session. */
  readonly wrote: (session: SessionInfo, written: Written) => void
  /** Tells those who follow the session. */
  readonly tell: (event: SessionEvent) => void
  readonly now: () => number
}
