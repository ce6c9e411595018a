import type { ConnectionTest, TargetHints } from '#shared/contract/index.ts'
import {
  type ConnectionState,
  type SavedTarget,
  type ServerFacts,
  type TargetSettings,
  type TargetStamp,
  WorkbenchError,
} from '#shared/session/index.ts'
import { createCurrentTarget } from './current-target.ts'
import { connectionFailed } from './diagnosis/diagnose.ts'
import { findHints } from './hints.ts'
import { superseded } from './observer/supervise.ts'
import { parseTarget } from './parse-url.ts'
import { openSavedTargets } from './saved/saved-targets.ts'
import { openSecrets, type SecretVault } from './saved/secrets.ts'
import type { EndedTransactions, OpenOptions, ServerClient, TextResult, TextValue } from './server-client.ts'
import { readEnvironment } from './settings/environment.ts'
import { testConnection } from './test-connection.ts'

/** Saved targets, and the one the workbench is connected to. */
export interface Targets {
  state(): ConnectionState
  hints(): TargetHints
  parseUrl(text: string): { readonly settings: TargetSettings; readonly password?: string }
  list(): readonly SavedTarget[]
  /** A `password` goes to the keychain (or stays in memory where there is none), `null` forgets it. */
  save(input: {
    readonly targetId?: string
    readonly name: string
    readonly settings: TargetSettings
    readonly password?: string | null
  }): Promise<SavedTarget>
  remove(targetId: string): Promise<void>
  test(input: {
    readonly targetId?: string
    readonly settings: TargetSettings
    readonly password?: string
  }): Promise<ConnectionTest>
  /**
   * Connects to this one and leaves it again, while the current target stays: who mistypes a password goes on watching
   * what they were watching. Throws as `connect` does.
   */
  reach(input: Parameters<Targets['connect']>[0]): Promise<void>
  /**
   * Makes this the workbench's target; without id and settings, the one the `PG*` variables name.
   * Throws `TARGET_UNKNOWN`, `PASSWORD_NEEDED` or `CONNECTION_FAILED`.
   */
  connect(input: {
    readonly targetId?: string
    readonly name?: string
    readonly settings?: TargetSettings
    readonly password?: string
  }): Promise<ServerFacts>
  /** The same for settings that are nobody's saved target. Those of the demo owe nothing to the `PG*` variables. */
  connectTo(
    name: string,
    settings: TargetSettings,
    options: { readonly isDemo: boolean; readonly password?: string },
  ): Promise<ServerFacts>
  disconnect(): Promise<void>
  /** A further connection to the current target, with the password from memory. Throws `NOT_CONNECTED`. */
  openClient(options?: Omit<OpenOptions, 'password'>): Promise<ServerClient>
  /** Transactions of the workbench's own connections, whichever target they were of: what it adds to a server's count. */
  ownTransactions(): EndedTransactions
  /** A short question over the observer's own connection, which is read-only. Throws `NOT_CONNECTED`. */
  query(sql: string, parameters?: readonly TextValue[]): Promise<TextResult>
  /** Counts targets: another number is another target. A reconnect doesn't count. */
  generation(): number
  /** The current target as runs keep it. Throws `NOT_CONNECTED`. */
  stamp(): TargetStamp
  close(): Promise<void>
}

export interface TargetsOptions {
  readonly dataFolder: string
  readonly vault: SecretVault
  /** The variables of the process. */
  readonly environment: NodeJS.ProcessEnv
  /** Called after every change of `state()`. */
  readonly onChange: () => void
}

export async function createTargets(options: TargetsOptions): Promise<Targets> {
  const environment = readEnvironment(options.environment)
  const saved = await openSavedTargets(options.dataFolder)
  const secrets = await openSecrets(options.dataFolder, options.vault)
  const current = createCurrentTarget({ environment, onChange: options.onChange })

  function find(targetId: string) {
    const entry = saved.find(targetId)
    if (entry !== undefined) return entry
    throw new WorkbenchError('TARGET_UNKNOWN', 'This target is no longer saved.', {
      advice: 'Choose another one from the list, or save it again.',
    })
  }

  /** Counts targets that were asked for: the last one counts. */
  let asked = 0

  return {
    state: current.state,
    hints: () => findHints(environment),
    parseUrl: parseTarget,
    list: () => saved.list().map((entry) => ({ ...entry, hasSecret: secrets.isKept(entry.targetId) })),
    async save({ targetId, name, settings, password }) {
      if (targetId !== undefined) find(targetId)
      const entry = await saved.put({ ...(targetId === undefined ? {} : { targetId }), name, settings })
      if (password === null || password === '') await secrets.forget(entry.targetId)
      else if (password !== undefined) await secrets.set(entry.targetId, password)
      return { ...entry, hasSecret: secrets.isKept(entry.targetId) }
    },
    async remove(targetId) {
      find(targetId)
      await secrets.forget(targetId)
      await saved.remove(targetId)
    },
    async test({ targetId, settings, password }) {
      const kept = targetId === undefined ? undefined : secrets.get(targetId)
      return await testConnection(settings, password ?? kept, environment)
    },
    async reach({ targetId, settings, password }) {
      asked += 1
      const mine = asked
      const entry = targetId === undefined ? undefined : find(targetId)
      const kept = targetId === undefined ? undefined : secrets.get(targetId)
      const tried = await testConnection(settings ?? entry?.settings ?? {}, password ?? kept, environment)
      if (mine !== asked) throw superseded()
      if (!tried.ok) throw connectionFailed(tried.diagnosis)
    },
    async connect({ targetId, name, settings, password }) {
      const entry = targetId === undefined ? undefined : find(targetId)
      const kept = targetId === undefined ? undefined : secrets.get(targetId)
      return await current.connect({
        name: name ?? entry?.name,
        settings: settings ?? entry?.settings ?? {},
        password: password ?? kept,
        isDemo: false,
      })
    },
    connectTo: (name, settings, { isDemo, password }) =>
      current.connect({ name, settings, password, isDemo }),
    disconnect: current.disconnect,
    openClient: current.openClient,
    ownTransactions: current.ownTransactions,
    query: current.query,
    generation: current.generation,
    stamp: current.stamp,
    close: current.disconnect,
  }
}
