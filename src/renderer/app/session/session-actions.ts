import { client } from '#renderer/client/index.ts'
import { showSession } from '#renderer/state/index.ts'

/** Opens a session file; rejects as the contract says. */
export async function openSession(path: string, signal?: AbortSignal): Promise<void> {
  showSession(await client.session.open({ path }, signal === undefined ? {} : { signal }))
}

/** Makes a new session and opens it; name and place are the workbench's where they are empty. */
export async function createSession(name: string, path: string, signal?: AbortSignal): Promise<void> {
  const session = await client.session.create(
    { ...(name === '' ? {} : { name }), ...(path === '' ? {} : { path }) },
    signal === undefined ? {} : { signal },
  )
  showSession(session)
}
