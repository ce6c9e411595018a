import { join } from 'node:path'
import { safeStorage } from 'electron'
import { readJsonFile, writeFileAtomically } from '#main/files/index.ts'
import type { WorkbenchOptions } from '#main/router/index.ts'

type Vault = WorkbenchOptions['vault']

/**
 * Passwords, encrypted with a key that the system's keychain holds, in one small file of the data folder.
 * Without a keychain there is no vault: `basic_text` would be a password that everybody knows.
 */
export async function openVault(dataFolder: string): Promise<Vault> {
  const path = join(dataFolder, 'secrets.json')
  const stored = await readJsonFile(path).catch(() => undefined)
  const secrets = new Map(readEntries(stored))
  const write = () => writeFileAtomically(path, JSON.stringify(Object.fromEntries(secrets), null, 2))
  return {
    available: isAvailable(),
    async get(key: string) {
      const sealed = secrets.get(key)
      if (sealed === undefined) return undefined
      try {
        return safeStorage.decryptString(Buffer.from(sealed, 'base64'))
      } catch {
        // The keychain was reset or the file comes from another machine: ask for the password again.
        return undefined
      }
    },
    async set(key: string, secret: string) {
      secrets.set(key, safeStorage.encryptString(secret).toString('base64'))
      await write()
    },
    async remove(key: string) {
      if (secrets.delete(key)) await write()
    },
  }
}

function isAvailable(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'
}

function readEntries(stored: unknown): [string, string][] {
  if (typeof stored !== 'object' || stored === null) return []
  return Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}
