import type { ProcessWatch } from '#shared/host/index.ts'
import type { Milliseconds } from '#shared/units/index.ts'
import type { Look, Source } from '../collector.ts'
import { createLocalReader } from './files.ts'
import { createOwn } from './own.ts'
import { listProcesses } from './process-list.ts'
import { createSide } from './side.ts'
import { createWatchedTrees } from './watched-trees.ts'

/** The workbench's own machine, wherever the server is: itself, and the process trees that the user chose. */
export function lookAtThisMachine(source: Source, everyMs: Milliseconds, slowLooks: number): Look {
  const trees = createWatchedTrees()
  const side = createSide({
    reader: createLocalReader(source.now),
    emit: source.emit,
    everyMs,
    rhythms: [
      { parts: [createOwn()], everyLooks: () => 1 },
      { parts: [trees.times], everyLooks: () => 1 },
      { parts: [trees.sizes], everyLooks: () => slowLooks },
    ],
  })
  let watched: readonly ProcessWatch[] = []
  let look = 0
  return async () => {
    const watches = source.watches()
    // Listing all processes takes milliseconds: only where somebody wants to see one.
    if (watches !== watched || (watches.length > 0 && look % slowLooks === 0)) {
      trees.refresh(watches, watches.length === 0 ? [] : listProcesses())
      watched = watches
    }
    look += 1
    await side()
  }
}
