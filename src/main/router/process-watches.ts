import { type ListedProcess, listProcesses } from '#main/collectors/index.ts'
import type { ContractInputs, ProcessChoiceRow } from '#shared/contract/index.ts'
import { collectTree, nameWatch, type ProcessWatch } from '#shared/host/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import type { Preferences } from './preferences.ts'

/** Process trees of this machine that the user wants to see beside the server. */
export interface ProcessWatches {
  /** The same array while nothing changes. */
  list(): readonly ProcessWatch[]
  add(choice: ContractInputs['host']['watch']): ProcessWatch
  remove(watchId: string): Promise<void>
  search(text: string): readonly ProcessChoiceRow[]
}

const key = 'host.watches'
const mostRows = 50
const shownChars = 300
const nameChars = 60

/** Watches by command are found again after a restart; a pid would be somebody else's then. */
export function createProcessWatches(preferences: Preferences, newId: () => string): ProcessWatches {
  let watches: readonly ProcessWatch[] = readWatches(preferences.get(key))

  async function change(changed: readonly ProcessWatch[]): Promise<void> {
    watches = changed
    await preferences.set(key, JSON.stringify(watches.filter(({ pid }) => pid === undefined)))
  }

  function nameOf({ pid, commandLine }: ContractInputs['host']['watch']): string {
    if (commandLine !== undefined) return commandLine.slice(0, nameChars)
    const found = listProcesses().find((process) => process.pid === pid)
    if (found === undefined) {
      throw new WorkbenchError('INPUT_INVALID', `There is no process ${pid} on this machine.`, {
        advice: 'It may have ended meanwhile: look for it by its command.',
      })
    }
    return `${found.name} ${found.pid}`
  }

  return {
    list: () => watches,
    add(choice) {
      requireLinux()
      const same = watches.find(
        ({ pid, commandLine }) => pid === choice.pid && commandLine === choice.commandLine,
      )
      if (same !== undefined) return same
      const name = nameWatch(
        nameOf(choice),
        watches.map((watch) => watch.name),
      )
      const watch: ProcessWatch = { watchId: newId(), name, ...choice }
      void change([...watches, watch])
      return watch
    },
    remove: (watchId) => change(watches.filter((watch) => watch.watchId !== watchId)),
    search(text) {
      requireLinux()
      const processes = listProcesses()
      const watched = findWatched(watches, processes)
      const sought = text.toLowerCase()
      return processes
        .filter(({ commandLine, pid }) =>
          commandLine === '' ? false : commandLine.toLowerCase().includes(sought) || String(pid) === sought,
        )
        .map(({ pid, commandLine }) => ({
          pid,
          commandLine: commandLine.slice(0, shownChars),
          descendants: collectTree(processes, [pid]).size - 1,
          isWatched: watched.has(pid),
        }))
        .sort((a, b) => b.descendants - a.descendants || a.pid - b.pid)
        .slice(0, mostRows)
    },
  }
}

function findWatched(
  watches: readonly ProcessWatch[],
  processes: readonly ListedProcess[],
): ReadonlySet<number> {
  const roots = processes.filter(({ pid, commandLine }) =>
    watches.some(
      (watch) =>
        watch.pid === pid || (watch.commandLine !== undefined && commandLine.includes(watch.commandLine)),
    ),
  )
  return collectTree(
    processes,
    roots.map(({ pid }) => pid),
  )
}

function requireLinux(): void {
  if (process.platform === 'linux') return
  throw new WorkbenchError('NOT_SUPPORTED', 'Processes of this system can’t be watched: only those of Linux.')
}

function readWatches(text: string | undefined): readonly ProcessWatch[] {
  if (text === undefined) return []
  try {
    const stored: unknown = JSON.parse(text)
    return Array.isArray(stored) ? stored.filter(isWatch) : []
  } catch {
    return []
  }
}

function isWatch(stored: unknown): stored is ProcessWatch {
  if (typeof stored !== 'object' || stored === null) return false
  const fields = stored as Readonly<Record<string, unknown>>
  return ['watchId', 'name', 'commandLine'].every((field) => typeof fields[field] === 'string')
}
