import { join } from 'node:path'
import { readJsonFile, writeFileAtomically } from '#main/files/index.ts'
import { createOrder } from '#main/order/index.ts'

/** What windows want to find again, as text by key; one small file in the data folder. */
export interface Preferences {
  all(): Readonly<Record<string, string>>
  get(key: string): string | undefined
  set(key: string, value: string): Promise<void>
  close(): Promise<void>
}

/** Layout changes come in bursts (a divider that is dragged): one write per pause is enough. */
const writeDelayMs = 200

export async function openPreferences(dataFolder: string): Promise<Preferences> {
  const path = join(dataFolder, 'preferences.json')
  const values = new Map(readEntries(await readJsonFile(path)))
  let timer: NodeJS.Timeout | undefined
  const inOrder = createOrder()
  let lastWrite: Promise<void> = Promise.resolve()

  const write = () => {
    timer = undefined
    lastWrite = inOrder(() => writeFileAtomically(path, JSON.stringify(Object.fromEntries(values), null, 2)))
    return lastWrite
  }

  return {
    all: () => Object.fromEntries(values),
    get: (key) => values.get(key),
    async set(key, value) {
      if (values.get(key) === value) return
      values.set(key, value)
      // What could not be written once may be the next time.
      timer ??= setTimeout(() => void write().catch(() => {}), writeDelayMs)
    },
    async close() {
      if (timer !== undefined) {
        clearTimeout(timer)
        void write()
      }
      await lastWrite
    },
  }
}

function readEntries(stored: unknown): [string, string][] {
  if (typeof stored !== 'object' || stored === null) return []
  return Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}
