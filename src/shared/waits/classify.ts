import { type WaitClass, waitClasses } from './model.ts'

const known: ReadonlySet<string> = new Set(waitClasses)

/** Names that other versions give to a class of ours. `InjectionPoint` exists in servers built for tests only. */
const renamed: Readonly<Record<string, WaitClass>> = { BufferPin: 'Buffer', InjectionPoint: 'Extension' }

/**
 * The class of what a process was doing, from three columns of `pg_stat_activity`.
 *
 * No wait event while `active` means that the process ran, or was in code that reports no waits: `CPU`. An idle process
 * without a wait event is about to wait for its client, so that is `Client`, never `CPU`. With `track_activities` off
 * the state is `disabled`, but wait events are told all the same.
 * A type that this version doesn't know is shown as `Extension`: all such types so far came from outside the core.
 *
 * @param state `pg_stat_activity.state`
 * @param waitEventType `null` when the process doesn't wait
 * @source PostgreSQL manual, "pg_stat_activity" and the table "Wait Event Types"
 */
export function classifyWait(
  state: string | null,
  waitEventType: string | null,
  waitEvent: string | null,
): { readonly waitClass: WaitClass; readonly waitEvent?: string } {
  if (waitEventType === null) return { waitClass: state?.startsWith('idle') === true ? 'Client' : 'CPU' }
  const waitClass = known.has(waitEventType) ? (waitEventType as WaitClass) : renamed[waitEventType]
  const found = waitClass ?? 'Extension'
  return waitEvent === null ? { waitClass: found } : { waitClass: found, waitEvent }
}
