import { parseProcessStat } from '#shared/host/index.ts'
import type { Collector, Look, Source } from '../collector.ts'
import { createLocalReader } from './files.ts'
import { createFileSystems } from './machine/file-systems.ts'
import { createMachine } from './machine/index.ts'
import { createOtherSystem } from './other-systems.ts'
import { createRemoteReader } from './remote-reader.ts'
import { createServerProcesses } from './server-processes.ts'
import { createSide, type Rhythm } from './side.ts'
import { lookAtThisMachine } from './this-machine.ts'
import { findServer, type Whereabouts } from './whereabouts.ts'

const everyMs = 1_000
/** Memory and disk bytes of processes, and which processes there are: five times dearer, and slower to change. */
const slowLooks = 5
/** Times of so many processes are read at each look; of more, at every second one, and so on. */
const processesPerLook = 100
/** Through the server a process costs its machine ten times what it costs to read a file here. */
const looksFromAfar = 5

/**
 * The machine that the server runs on, second by second; the workbench itself; and processes that the user chose.
 *
 * @param find where the server is
 */
export function createHost(find: (source: Source) => Promise<Whereabouts>): Collector {
  return {
    id: 'host',
    everyMs,
    begin(source) {
      const lookHere = lookAtThisMachine(source, everyMs, slowLooks)
      let lookAtServer: Look | undefined
      return async () => {
        await lookHere()
        lookAtServer ??= await findLook(source, await find(source))
        await lookAtServer()
      }
    },
  }
}

export const host = createHost(findServer)

const nothing: Look = () => Promise.resolve()

async function findLook(source: Source, found: Whereabouts): Promise<Look> {
  if (found.postmasterPid !== undefined) return lookAround(source, found, found.postmasterPid)
  if (found.mayRead) return await lookFromAfar(source, found.clusterName)
  source.limit({
    message:
      'The server runs on another machine or in a container, and may not be asked for its files: its cores, memory, disks, network and processes are not shown.',
    mend: mendReading(source.server.user),
  })
  return nothing
}

/** The server is on this machine. */
function lookAround(source: Source, { clusterName, dataFolder }: Whereabouts, postmasterPid: number): Look {
  const reader = createLocalReader(source.now)
  const isLinux = process.platform === 'linux'
  if (!isLinux) {
    source.limit({
      message:
        'Of a machine that isn’t Linux only cores and memory are shown: not its disks, its network, pressure, and the server’s processes.',
    })
  }
  const rhythms = isLinux
    ? serverRhythms(postmasterPid, clusterName, 1)
    : [{ parts: [createOtherSystem()], everyLooks: always }]
  const room =
    dataFolder === undefined ? [] : [{ parts: [createFileSystems(dataFolder)], everyLooks: () => slowLooks }]
  return createSide({ reader, emit: source.emit, everyMs, rhythms: [...rhythms, ...room] })
}

/** By the server itself, in one question a second. */
async function lookFromAfar(source: Source, clusterName: string): Promise<Look> {
  const reader = createRemoteReader(source)
  const own = '/proc/self/stat'
  const { texts } = await reader.read([own])
  const postmasterPid = parentOf(texts.get(own))
  if (postmasterPid === undefined) {
    source.limit({
      message:
        'The server’s machine has no /proc, as Linux does: its cores, memory, disks, network and processes are not shown.',
    })
    return nothing
  }
  return createSide({
    reader,
    emit: source.emit,
    everyMs,
    rhythms: serverRhythms(postmasterPid, clusterName, looksFromAfar),
  })
}

function serverRhythms(postmasterPid: number, clusterName: string, looks: number): readonly Rhythm[] {
  const { times, sizes, count } = createServerProcesses(postmasterPid, clusterName)
  const pace = (): number => looks * Math.ceil(count() / processesPerLook)
  return [
    { parts: createMachine(postmasterPid), everyLooks: always },
    { parts: [times], everyLooks: pace },
    { parts: [sizes], everyLooks: () => slowLooks * pace() },
  ]
}

const always = (): number => 1

function parentOf(stat: string | undefined): number | undefined {
  return parseProcessStat(stat ?? '')?.parentPid
}

function mendReading(user: string): string {
  const role = `"${user.replaceAll('"', '""')}"`
  return [
    `GRANT pg_read_server_files TO ${role};`,
    `GRANT EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint, boolean) TO ${role};`,
  ].join(' ')
}
