import type { Part } from '../part.ts'
import { createContainer } from './container.ts'
import { createCores, loadAverage } from './cores.ts'
import { createDisks } from './disks.ts'
import { createSwap, memory } from './memory.ts'
import { createNetwork } from './network.ts'
import { createPressures } from './pressure.ts'

/** What Linux tells of the machine that a server runs on, second by second. */
export function createMachine(pid: number | 'self'): readonly Part[] {
  return [
    createCores(),
    loadAverage,
    memory,
    createSwap(),
    ...createPressures(),
    createDisks(),
    createNetwork(),
    createContainer(pid),
  ]
}
