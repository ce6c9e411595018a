import { randomUUID } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { readJsonFile, writeFileAtomically } from '#main/files/index.ts'
import { createOrder } from '#main/order/index.ts'
import { type SavedTarget, sslModes, type TargetSettings } from '#shared/session/index.ts'

type Entry = Omit<SavedTarget, 'hasSecret'>

/** The saved targets of a data folder: names and settings, never a secret. */
export interface SavedTargets {
  list(): readonly Entry[]
  find(targetId: string): Entry | undefined
  /** Saves under a new id, or replaces the target with that id. */
  put(entry: {
    readonly targetId?: string
    readonly name: string
    readonly settings: TargetSettings
  }): Promise<Entry>
  remove(targetId: string): Promise<void>
}

const formatVersion = 1

export async function openSavedTargets(dataFolder: string): Promise<SavedTargets> {
  const path = join(dataFolder, 'targets.json')
  let entries = await readEntries(path)
  const inOrder = createOrder()

  async function write(next: readonly Entry[]): Promise<void> {
    entries = next
    const content = `${JSON.stringify({ formatVersion, targets: next }, undefined, 2)}\n`
    await inOrder(() => writeFileAtomically(path, content))
  }

  return {
    list: () => entries,
    find: (targetId) => entries.find((entry) => entry.targetId === targetId),
    async put({ targetId = randomUUID(), name, settings }) {
      const entry = { targetId, name, settings }
      const isKnown = entries.some((other) => other.targetId === targetId)
      await write(
        isKnown ? entries.map((other) => (other.targetId === targetId ? entry : other)) : [...entries, entry],
      )
      return entry
    },
    remove: (targetId) => write(entries.filter((entry) => entry.targetId !== targetId)),
  }
}

async function readEntries(path: string): Promise<readonly Entry[]> {
  const content = await readJsonFile(path)
  if (content === undefined) return []
  const isFile = typeof content === 'object' && content !== null && 'targets' in content
  const targets: unknown = isFile ? content.targets : undefined
  if (Array.isArray(targets) && targets.every(isEntry)) return targets.map(knownPartOf)
  await rename(path, `${path}.broken`)
  return []
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const { targetId, name, settings } = value as Record<string, unknown>
  return (
    typeof targetId === 'string' &&
    typeof name === 'string' &&
    typeof settings === 'object' &&
    settings !== null
  )
}

const checks: { readonly [Key in keyof TargetSettings]-?: (value: unknown) => boolean } = {
  host: isText,
  port: isNumber,
  database: isText,
  user: isText,
  service: isText,
  sslMode: (value) => sslModes.some((mode) => mode === value),
  sslRootCert: isText,
  connectTimeoutMs: isNumber,
}

/** A file that was edited by hand may hold anything: only settings of the right kind are taken from it. */
function knownPartOf({ targetId, name, settings }: Entry): Entry {
  const known = Object.entries(settings).filter(
    ([key, value]) => key in checks && checks[key as keyof TargetSettings](value),
  )
  return { targetId, name, settings: Object.fromEntries(known) as TargetSettings }
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}
