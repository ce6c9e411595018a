import type { WorkbenchOptions } from '#main/router/index.ts'

/** Hosts without a keychain keep no passwords: they are asked for, and forgotten at the end. */
export const noVault: WorkbenchOptions['vault'] = {
  available: false,
  get: async () => undefined,
  set: async () => {},
  remove: async () => {},
}
