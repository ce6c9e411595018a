import { randomUUID } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createOrder } from '#main/order/index.ts'
import { currentFormatVersion, type SessionInfo, WorkbenchError } from '#shared/session/index.ts'
import { createEventLog } from './event-log.ts'
import { claimPath, freePath, makeSessionsFolder, requireParent, sessionsFolderOf } from './file-paths.ts'
import { createKeptPlans } from './kept-plans.ts'
import { createKeptRuns } from './kept-runs.ts'
import type { OpenSession } from './open-session.ts'
import type { OpenedFile, OpenInput, Written } from './protocol.ts'
import { createRecordedStore } from './recorded/recorded-store.ts'
import { type KnownSession, openSessionIndex, remember } from './session-index.ts'
import { describeFile, listSessions } from './session-list.ts'
import { fileNameOf, nameByTime } from './session-names.ts'
import type { SessionStore, SessionStoreOptions } from './store-types.ts'
import { upgrades } from './upgrades/index.ts'
import { startStoreThread } from './worker-client.ts'

/** Opens the last session, or a new one where that can't be: the workbench starts whatever happened to a file. */
export async function openSessionStore(options: SessionStoreOptions): Promise<SessionStore> {
  const { appVersion, now } = options
  const dataFolder = resolve(options.dataFolder)
  const folder = sessionsFolderOf(dataFolder)
  const index = openSessionIndex(dataFolder)
  const thread = startStoreThread()
  const log = createEventLog()

  let info: SessionInfo | undefined
  let release = () => {}
  let closing: Promise<void> | undefined

  // A run must not end up in the session that is just being opened.
  const inOrder = createOrder()

  function current(): SessionInfo {
    if (info !== undefined) return info
    throw new WorkbenchError('SESSION_UNKNOWN', 'No session is open.')
  }

  /** Remembers what is known of the session that is left, so that the list needn't open it. */
  async function snapshot(makeLast: boolean): Promise<void> {
    const session = current()
    const file = await describeFile(session.path)
    const { path, sessionId, name, formatVersion, createdAtMs, runs } = session
    const known: KnownSession = {
      path,
      sessionId,
      name,
      formatVersion,
      createdAtMs,
      runs,
      fileBytes: file?.fileBytes ?? 0,
      changedAtMs: file?.changedAtMs ?? 0,
    }
    // The index is a convenience: a full disk must not turn an opened session into an error.
    await index
      .change((before) => ({ ...remember(before, known), ...(makeLast ? { lastPath: path } : {}) }))
      .catch(() => undefined)
  }

  async function switchTo(path: string, create: OpenInput['create'], remark?: string, makeLast = true) {
    const releaseNew = claimPath(path)
    let opened: OpenedFile
    try {
      opened = await thread.ask('open', {
        path,
        upgrades,
        appVersion,
        ...(create === undefined ? {} : { create }),
      })
    } catch (error) {
      releaseNew()
      throw error
    }
    if (info !== undefined) await snapshot(false)
    release()
    release = releaseNew
    const { sessionId, name, formatVersion, createdAtMs, fileBytes, readOnlyBecause } = opened
    const why = remark ?? (readOnlyBecause === undefined ? undefined : readOnlyRemarks[readOnlyBecause])
    info = {
      sessionId,
      path,
      name,
      formatVersion,
      createdAtMs,
      runs: opened.runs,
      fileBytes,
      readOnly: readOnlyBecause !== undefined,
      ...(why === undefined ? {} : { remark: why }),
    }
    recorded.leave()
    runs.enter(opened.ordinals)
    await snapshot(makeLast)
    log.add({ kind: 'session-opened', session: info })
    return info
  }

  async function openFile(path: string): Promise<SessionInfo> {
    // Links are followed first: the same file under two names is one session.
    const file = await realpath(path).catch(() => resolve(path))
    if (file === info?.path) return info
    runs.refuseWhileRunning()
    return switchTo(file, undefined)
  }

  async function createFile(
    input: { readonly name?: string; readonly path?: string },
    remark?: string,
    makeLast = true,
  ): Promise<SessionInfo> {
    runs.refuseWhileRunning()
    const createdAtMs = now()
    const name = input.name ?? nameByTime(createdAtMs)
    const path =
      input.path === undefined
        ? await freePath(await makeSessionsFolder(folder), fileNameOf(name))
        : await requireParent(input.path)
    return switchTo(path, { sessionId: randomUUID(), name, createdAtMs }, remark, makeLast)
  }

  async function openFirst(): Promise<void> {
    if (options.path !== undefined) {
      const exists = (await describeFile(options.path)) !== undefined
      await (exists ? openFile(options.path) : createFile({ path: options.path }))
      return
    }
    const { lastPath } = await index.read()
    if (lastPath === undefined) {
      await createFile({})
      return
    }
    try {
      await openFile(lastPath)
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error
      // Who is busy elsewhere is still the last session there; who is broken would be in the way at every start.
      const isBusy = error.code === 'SESSION_BUSY'
      await createFile(
        {},
        `The last session could not be opened, this is a new one. ${error.message}`,
        !isBusy,
      )
    }
  }

  function requireWritable(): SessionInfo {
    const session = current()
    if (!session.readOnly) return session
    throw new WorkbenchError('SESSION_READ_ONLY', `The session “${session.name}” can only be read.`, {
      advice: session.remark ?? 'Create a new session to keep new runs.',
    })
  }

  function wrote(session: SessionInfo, { fileBytes }: Written) {
    info = { ...session, runs: runs.count(), fileBytes }
  }

  const session: OpenSession = {
    thread,
    inOrder,
    requireWritable,
    wrote,
    tell: (event) => log.add(event),
    now,
  }
  const runs = createKeptRuns(session)
  const plans = createKeptPlans(session)
  const recorded = createRecordedStore(session)
  /** Writes what can be written to the session that is left. */
  const settle = () => recorded.flush().catch(() => undefined)

  try {
    await openFirst()
  } catch (error) {
    await thread.ask('close', undefined).catch(() => undefined)
    await thread.ended()
    throw error
  }

  return {
    current,
    async open(path) {
      await settle()
      return await inOrder(() => openFile(path))
    },
    async create(input) {
      await settle()
      return await inOrder(() => createFile(input))
    },
    async list() {
      const { sessions: known } = await index.read()
      const peek = (path: string) => thread.ask('peek', { path, newestFormat: currentFormatVersion })
      // What is recorded at this moment counts too.
      await settle()
      const holds = await thread.ask('holdings', undefined)
      const { sessions, learnt } = await listSessions({
        folder,
        known,
        current: { ...current(), holds },
        peek,
      })
      if (learnt.length > 0) {
        await index.change((before) => learnt.reduce(remember, before)).catch(() => undefined)
      }
      return sessions
    },
    runs: runs.list,
    run: runs.open,
    nextOrdinal: runs.nextOrdinal,
    putRun: runs.put,
    setNote: runs.setNote,
    removeRun: runs.remove,
    plans,
    recorded,
    tail: (after, waitMs, signal) => log.tail(after, waitMs, signal),
    close: () =>
      (closing ??= settle().then(() =>
        inOrder(async () => {
          try {
            await thread.ask('close', undefined)
            await thread.ended()
            await snapshot(false)
          } finally {
            release()
          }
        }),
      )),
  }
}

const readOnlyRemarks = {
  busy: 'Another program is reading this file, so nothing can be added to it.',
  permission: 'The file or its folder is read-only, so nothing can be added to it.',
} as const
