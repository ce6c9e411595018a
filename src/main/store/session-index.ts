import { join } from 'node:path'
import { readJsonFile, writeFileAtomically } from '#main/files/index.ts'
import { createOrder } from '#main/order/index.ts'
import type { SessionHoldings } from '#shared/session/index.ts'

/** What was known of a session file when it was last closed or looked at. */
export interface KnownSession {
  readonly path: string
  readonly sessionId: string
  readonly name: string
  readonly formatVersion: number
  readonly createdAtMs: number
  readonly runs: number
  /** Absent until a list of sessions looked into the file. */
  readonly holds?: SessionHoldings
  /** Size and time of change of the file then: if they differ, the rest may be outdated. */
  readonly fileBytes: number
  readonly changedAtMs: number
}

export interface SessionIndex {
  /** The session to open at the next start. */
  readonly lastPath?: string
  readonly sessions: readonly KnownSession[]
}

/** As many files outside the data folder and snapshots of those inside are remembered. */
const maxKnown = 500

/** `sessions.json` in the data folder: the pointer to the last session, and what is known of the others. */
export function openSessionIndex(dataFolder: string) {
  const path = join(dataFolder, 'sessions.json')
  const inOrder = createOrder()

  async function read(): Promise<SessionIndex> {
    // Without it the workbench starts all the same, with a new session.
    return parseIndex(await readJsonFile(path).catch(() => undefined))
  }
  return {
    read,
    /** Changes are made one after the other on what the file says then: another workbench may share the folder. */
    change: (edit: (index: SessionIndex) => SessionIndex): Promise<void> =>
      inOrder(async () => {
        const { lastPath, sessions } = edit(await read())
        const content = { lastPath, sessions: sessions.slice(0, maxKnown) }
        await writeFileAtomically(path, `${JSON.stringify(content, undefined, 2)}\n`)
      }),
  }
}

/** Puts `session` first, in place of what was known of its path. */
export function remember(index: SessionIndex, session: KnownSession): SessionIndex {
  return { ...index, sessions: [session, ...index.sessions.filter(({ path }) => path !== session.path)] }
}

function parseIndex(value: unknown): SessionIndex {
  if (typeof value !== 'object' || value === null) return { sessions: [] }
  const lastPath = 'lastPath' in value && typeof value.lastPath === 'string' ? value.lastPath : undefined
  const sessions = 'sessions' in value && Array.isArray(value.sessions) ? value.sessions : []
  return { ...(lastPath === undefined ? {} : { lastPath }), sessions: sessions.filter(isKnownSession) }
}

function isKnownSession(value: unknown): value is KnownSession {
  if (typeof value !== 'object' || value === null) return false
  const fields: Record<string, unknown> = { ...value }
  return (
    ['path', 'sessionId', 'name'].every((name) => typeof fields[name] === 'string') &&
    ['formatVersion', 'createdAtMs', 'runs', 'fileBytes', 'changedAtMs'].every(
      (name) => typeof fields[name] === 'number',
    ) &&
    (fields['holds'] === undefined || isHoldings(fields['holds']))
  )
}

function isHoldings(value: unknown): value is SessionHoldings {
  if (typeof value !== 'object' || value === null) return false
  const { servers, ...figures }: Record<string, unknown> = { ...value }
  return (
    ['recordedMs', 'gaps', 'plans'].every((name) => typeof figures[name] === 'number') &&
    Array.isArray(servers) &&
    servers.every((name) => typeof name === 'string')
  )
}
