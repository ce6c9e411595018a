import type { Alarm } from './alarm.ts'
import { delayBefore } from './back-off.ts'
import type { Link } from './link.ts'

export interface ComeBackOptions {
  readonly connect: () => Promise<Link>
  /** Rings when the server is known to be back, and when the recording ends. */
  readonly alarm: Pick<Alarm, 'sleep'>
  /** Whether the server is known to be back, since this was last asked. */
  readonly takeHurry: () => boolean
  readonly isStopped: () => boolean
}

/** Tries until the server is back; `undefined` when the recording ends before that. */
export async function comeBack(options: ComeBackOptions): Promise<Link | undefined> {
  const { connect, alarm, takeHurry, isStopped } = options
  let failures = 0
  let lastError: unknown

  /** Nobody waits for the next attempt's turn who knows that the server is back. */
  async function waitForTurn(): Promise<void> {
    const isHurried = takeHurry()
    if (!isHurried) await alarm.sleep(delayBefore(failures + 1, lastError))
    // Should it not be ready for a second connection yet, it is soon.
    if (isHurried || takeHurry()) failures = 0
  }

  while (!isStopped()) {
    await waitForTurn()
    if (isStopped()) break
    try {
      const link = await connect()
      if (!isStopped()) return link
      await link.close()
    } catch (error) {
      failures += 1
      lastError = error
    }
  }
  return undefined
}
