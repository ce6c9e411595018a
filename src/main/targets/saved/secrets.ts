import { join } from 'node:path'
import { readJsonFile, writeFileAtomically } from '#main/files/index.ts'
import { createOrder } from '#main/order/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'

/** The keychain of the host: turns a secret into text that only this user on this machine can turn back. */
export interface SecretVault {
  readonly available: boolean
  encrypt(text: string): string
  decrypt(text: string): string
}

/** Passwords by target id. Without a keychain they live in memory only and are gone at the end. */
export interface Secrets {
  /** It is in the keychain, and so still there after a restart. */
  isKept(targetId: string): boolean
  get(targetId: string): string | undefined
  /** @throws SECRET_UNAVAILABLE */
  set(targetId: string, password: string): Promise<void>
  forget(targetId: string): Promise<void>
}

const formatVersion = 1

export async function openSecrets(dataFolder: string, vault: SecretVault): Promise<Secrets> {
  const path = join(dataFolder, 'secrets.json')
  const inMemory = new Map<string, string>()
  const kept = new Map<string, string>(vault.available ? await readSecrets(path) : [])
  const inOrder = createOrder()

  async function write(): Promise<void> {
    const content = `${JSON.stringify({ formatVersion, secrets: Object.fromEntries(kept) }, undefined, 2)}\n`
    await inOrder(() => writeFileAtomically(path, content))
  }

  return {
    isKept: (targetId) => kept.has(targetId),
    get: (targetId) => inMemory.get(targetId) ?? decrypt(vault, kept.get(targetId)),
    async set(targetId, password) {
      if (!vault.available) {
        inMemory.set(targetId, password)
        return
      }
      kept.set(targetId, encrypt(vault, password))
      await write()
    },
    async forget(targetId) {
      inMemory.delete(targetId)
      if (kept.delete(targetId)) await write()
    },
  }
}

function encrypt(vault: SecretVault, password: string): string {
  try {
    return vault.encrypt(password)
  } catch (cause) {
    throw new WorkbenchError('SECRET_UNAVAILABLE', 'The system’s keychain did not take the password.', {
      advice: 'Unlock the keychain and save again, or save the target without its password.',
      cause,
    })
  }
}

/** Another user's or another machine's secret can't be read: it counts as absent, and is asked for. */
function decrypt(vault: SecretVault, ciphertext: string | undefined): string | undefined {
  if (ciphertext === undefined) return undefined
  try {
    return vault.decrypt(ciphertext)
  } catch {
    return undefined
  }
}

async function readSecrets(path: string): Promise<readonly (readonly [string, string])[]> {
  const content = (await readJsonFile(path)) as { readonly secrets?: unknown } | undefined
  if (typeof content?.secrets !== 'object' || content.secrets === null) return []
  return Object.entries(content.secrets).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
}
