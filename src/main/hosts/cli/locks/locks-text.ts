import {
  type LockActivity,
  type LockGraph,
  type LockState,
  preparedPid,
  type WaitEdge,
} from '#shared/locks/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { formatTable } from '../report/table.ts'
import { fit, paint, type Terminal } from '../terminal.ts'

/** What `locks` prints for people of one state: who waits for whom, for what, and who is at the root of it. */
export function formatLocks(state: LockState, graph: LockGraph, terminal: Terminal): string {
  const processes = new Map(state.activity.map((process) => [process.pid, process]))
  if (graph.edges.length === 0) return formatUnexplained(graph) || '  Nobody waits for a lock.\n'
  const table = formatTable(
    ['waiter', 'waits for', 'mode', 'lock', 'waited', 'statement'],
    graph.edges.map((edge) => [
      nameProcess(edge.waiterPid, processes),
      nameBlockers(edge),
      edge.mode,
      edge.relation === undefined ? edge.lockType : `${edge.lockType} ${edge.relation}`,
      edge.waitedMs === undefined ? '' : formatDuration(edge.waitedMs),
      onOneLine(processes.get(edge.waiterPid)?.statement),
    ]),
    ['left', 'left', 'left', 'left', 'right', 'left'],
  )
  const lines = table.split('\n').map((line, at) => {
    const fitted = `  ${fit(line, terminal.width - 2)}`
    return at === 0 ? paint(terminal, 'dim', fitted) : fitted
  })
  return `${lines.join('\n')}\n${formatEnds(graph, processes, terminal)}${formatUnexplained(graph)}`
}

function formatEnds(
  { roots, cycles }: LockGraph,
  processes: ReadonlyMap<number, LockActivity>,
  terminal: Terminal,
): string {
  const blocking = roots.map((pid) => {
    const { state, statement } = processes.get(pid) ?? {}
    const doing = [state ?? '', onOneLine(statement)].filter((part) => part !== '').join(': ')
    return fit(`  Blocks: ${nameProcess(pid, processes)}${doing === '' ? '' : `, ${doing}`}`, terminal.width)
  })
  const circles = cycles.map(({ pids, hard }) =>
    paint(
      terminal,
      'red',
      `  ${hard ? 'Deadlock' : 'Deadlock unless the server reorders the queue'}: ${pids.join(', ')}`,
    ),
  )
  return [...blocking, ...circles].map((line) => `${line}\n`).join('')
}

function formatUnexplained({ unexplained }: LockGraph): string {
  if (unexplained.length === 0) return ''
  const pids = unexplained.map(({ waiterPid }) => waiterPid).join(', ')
  return `  Waiting for somebody who is not among the rows: ${pids}.\n`
}

/** A statement may go over many lines; the table counts its columns before it is cut. */
function onOneLine(statement = ''): string {
  return statement.replaceAll(/\s+/g, ' ').trim()
}

function nameProcess(pid: number, processes: ReadonlyMap<number, LockActivity>): string {
  if (pid === preparedPid) return 'a prepared transaction'
  const name = processes.get(pid)?.application
  return name === undefined ? String(pid) : `${pid} ${fit(name, 40)}`
}

/** Those who are only ahead in the queue are marked: they hold nothing yet. */
function nameBlockers({ blockerPids, hard }: WaitEdge): string {
  return blockerPids.map((pid) => (hard.includes(pid) ? String(pid) : `${pid} (queue)`)).join(', ')
}
