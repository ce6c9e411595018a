import { client, describeError } from '#renderer/client/index.ts'
import {
  type ConnectInput,
  connectTo,
  nameOf,
  notifyError,
  useTargets,
  useWorkbench,
} from '#renderer/state/index.ts'
import type { SavedTarget } from '#shared/session/index.ts'
import { readDiagnosis } from './diagnosis-note.tsx'
import { openDialog } from './dialogs.ts'

/** Connects from a menu, a banner or the palette: asks for a password where one is needed. */
export async function switchTo(input: ConnectInput): Promise<void> {
  try {
    await connectTo(input)
  } catch (error) {
    const { code, facts } = describeError(error)
    // One that was right once may have been changed on the server.
    const isAboutPassword =
      code === 'PASSWORD_NEEDED' || readDiagnosis(facts['diagnosis'])?.problem === 'password-wrong'
    if (isAboutPassword) openDialog({ kind: 'password', input, name: nameOfInput(input) })
    // A failed connection is a state that the frame shows, unless what was connected before still is.
    else if (code !== 'CONNECTION_FAILED' || isConnected()) notifyError(error)
  }
}

const isConnected = (): boolean => useWorkbench.getState().state?.connection.status === 'connected'

export function nameOfInput(input: ConnectInput): string {
  const saved = useTargets.getState().saved?.find((target) => target.targetId === input.targetId)
  return input.name ?? saved?.name ?? nameOf(input.settings ?? {})
}

export function switchToSaved(target: SavedTarget): void {
  void switchTo({ targetId: target.targetId })
}

/** Starts the demo server; what goes wrong is in the workbench's state. */
export function startDemo(): void {
  client.demo.start().catch((error: unknown) => {
    if (describeError(error).code !== 'DEMO_FAILED') notifyError(error)
  })
}

export function stopDemo(): void {
  client.demo.stop().catch(notifyError)
}

export function disconnect(): void {
  client.targets.disconnect().catch(notifyError)
}

/** Tries the last connection again: what this window asked for, else the saved target of that name. */
export function tryAgain(name: string): void {
  const input = lastInput(name)
  if (input !== undefined) void switchTo(input)
  else startDemo()
}

/** Asks for another password, and tries the last connection with that. */
export function tryOtherPassword(name: string): void {
  const input = lastInput(name)
  if (input !== undefined) openDialog({ kind: 'password', input, name: nameOfInput(input) })
  else openDialog({ kind: 'connect' })
}

function lastInput(name: string): ConnectInput | undefined {
  const { lastAttempt, saved } = useTargets.getState()
  if (lastAttempt !== undefined) return lastAttempt
  const target = saved?.find((candidate) => candidate.name === name)
  return target && { targetId: target.targetId }
}
