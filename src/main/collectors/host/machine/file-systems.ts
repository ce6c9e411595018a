import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { MetricSample } from '#shared/series/index.ts'
import type { Part } from '../part.ts'

/**
 * How full the file systems are that the server's data and its WAL lie on; WAL only where it has one of its own.
 *
 * A file system over the network may not answer for long: nobody waits for it, and what is told is what it said last.
 */
export function createFileSystems(dataFolder: string): Part {
  const walFolder = join(dataFolder, 'pg_wal')
  let last: readonly MetricSample[] = []
  let reading: Promise<void> | undefined

  async function read(): Promise<void> {
    const [data, wal] = await Promise.all([readDevice(dataFolder), readDevice(walFolder)])
    const hasOwnWal = wal !== undefined && wal !== data
    const rooms = await Promise.all([
      readRoom('data', dataFolder),
      hasOwnWal ? readRoom('WAL', walFolder) : [],
    ])
    last = rooms.flat()
  }

  return {
    paths: () => [],
    take() {
      reading ??= read().finally(() => {
        reading = undefined
      })
      return last
    },
  }
}

/** Which file system a folder lies on. Only the server's own user and root see into its data folder. */
async function readDevice(folder: string): Promise<number | undefined> {
  try {
    return (await stat(folder)).dev
  } catch {
    return undefined
  }
}

async function readRoom(place: string, folder: string): Promise<readonly MetricSample[]> {
  try {
    const { bsize, blocks, bavail } = await statfs(folder)
    return [
      { metric: 'host.filesystem-bytes', labels: [place, 'total'], value: blocks * bsize },
      // What is kept for root is of no use to the server.
      { metric: 'host.filesystem-bytes', labels: [place, 'available'], value: bavail * bsize },
    ]
  } catch {
    return []
  }
}
