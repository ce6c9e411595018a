import { safeStorage } from 'electron'
import type { WorkbenchOptions } from '#main/router/index.ts'

/**
 * Passwords, encrypted with a key that the system's keychain holds.
 * Without a keychain there is no vault: `basic_text` would be a password that everybody knows.
 * Made once the application is ready: before that the backend is unknown.
 */
export function createVault(): WorkbenchOptions['vault'] {
  return {
    available:
      safeStorage.isEncryptionAvailable() &&
      (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
    encrypt: (text) => safeStorage.encryptString(text).toString('base64'),
    decrypt: (text) => safeStorage.decryptString(Buffer.from(text, 'base64')),
  }
}
