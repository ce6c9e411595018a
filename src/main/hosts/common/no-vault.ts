import type { WorkbenchOptions } from '#main/router/index.ts'

/** Hosts without a keychain keep no passwords: they are asked for, and forgotten at the end. */
export const noVault: WorkbenchOptions['vault'] = {
  available: false,
  encrypt: refuse,
  decrypt: refuse,
}

function refuse(): never {
  throw new Error('there is no keychain')
}
