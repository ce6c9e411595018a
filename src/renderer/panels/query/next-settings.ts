import { create } from 'zustand'
import type { RunSetting } from '#shared/session/index.ts'

interface NextSettings {
  /** Hold for the next run alone; never kept for another window. */
  readonly settings: readonly RunSetting[]
}

export const useNextSettings = create<NextSettings>(() => ({ settings: [] }))

/** Settings with further ones, a later one taking the place of an earlier one of its name. */
export function mergeSettings(
  settings: readonly RunSetting[],
  more: readonly RunSetting[],
): readonly RunSetting[] {
  const names = new Set(more.map(({ name }) => name))
  return [...settings.filter(({ name }) => !names.has(name)), ...more]
}

export function addNextSetting(setting: RunSetting): void {
  useNextSettings.setState(({ settings }) => ({ settings: mergeSettings(settings, [setting]) }))
}

export function removeNextSetting(name: string): void {
  useNextSettings.setState(({ settings }) => ({
    settings: settings.filter((setting) => setting.name !== name),
  }))
}

/** The run they were meant for was sent. */
export function clearNextSettings(): void {
  useNextSettings.setState({ settings: [] })
}

/** `work_mem = 64MB` */
export function describeSetting({ name, value }: RunSetting): string {
  return `${name} = ${value}`
}
