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
import { openDialog } from './dialogs.ts'

/** Connects from a menu, a banner or the palette: asks for a password where one is needed. */
export async function switchTo(input: ConnectInput): Promise<void> {
  try {
    await connectTo(input)
  } catch (error) {
    const { code } = describeError(error)
    if (code === 'PASSWORD_NEEDED') openDialog({ kind: 'password', input, name: nameOfInput(input) })
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
  const { lastAttempt, saved } = useTargets.getState()
  const target = saved?.find((candidate) => candidate.name === name)
  if (lastAttempt !== undefined) void switchTo(lastAttempt)
  else if (target !== undefined) switchToSaved(target)
  else startDemo()
}
