import { create } from 'zustand'
import type { LoadDimension, ProcessChoice } from '#shared/activity/index.ts'
import type { LoadRow } from '#shared/contract/index.ts'

/** Keeps the load of one key in one dimension. */
export interface LoadChip {
  readonly by: LoadDimension
  readonly key: string
  readonly label: string
}

interface LoadState {
  readonly by: LoadDimension
  readonly processes: ProcessChoice
  readonly chips: readonly LoadChip[]
  /** A row of the ranking; of the dimension that is shown. */
  readonly selected: LoadRow | undefined
}

/** What the Load panel looks at; lives as long as the window. */
export const useLoadState = create<LoadState>(() => ({
  by: 'waitClass',
  processes: 'clients',
  chips: [],
  selected: undefined,
}))

/** What load can be told apart by, in the order of the choice, as people name it. */
export const dimensionNames: readonly (readonly [LoadDimension, string])[] = [
  ['waitClass', 'wait class'],
  ['waitEvent', 'wait event'],
  ['statement', 'statement'],
  ['user', 'user'],
  ['database', 'database'],
  ['application', 'application'],
  ['client', 'client'],
  ['backendType', 'backend type'],
]

export const nameOfDimension = (by: LoadDimension): string =>
  dimensionNames.find(([dimension]) => dimension === by)?.[1] ?? by

export function showBy(by: LoadDimension): void {
  useLoadState.setState(({ by: before, selected }) => ({
    by,
    selected: by === before ? selected : undefined,
  }))
}

/** Looks at the load of this key alone; the same dimension holds one key at a time. */
export function addChip(chip: LoadChip): void {
  useLoadState.setState(({ chips }) => ({
    chips: [...chips.filter(({ by }) => by !== chip.by), chip],
    selected: undefined,
  }))
}

export function removeChip(by: LoadDimension): void {
  useLoadState.setState(({ chips }) => ({
    chips: chips.filter((chip) => chip.by !== by),
    selected: undefined,
  }))
}

export function clearChips(): void {
  useLoadState.setState({ chips: [], selected: undefined })
}
