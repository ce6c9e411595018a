import type { Bytes, Milliseconds } from '../../units/index.ts'
import { readNamedNumbers, splitFields, splitLines, wholeNumber } from './fields.ts'

/**
 * The version 2 control group of a process, out of `/proc/<pid>/cgroup`: a path below the mount point.
 *
 * @returns `undefined` where there is none
 * @source cgroups(7), /proc/pid/cgroup: "In the cgroup v2 hierarchy, this field contains the value 0"
 */
export function parseControlGroupPath(text: string): string | undefined {
  const line = splitLines(text).find((candidate) => candidate.startsWith('0::'))
  const path = line?.slice('0::'.length).trim()
  return path?.startsWith('/') === true ? path : undefined
}

/**
 * A group and those above it, innermost first: each of them may limit what is within. The last is the root, which has
 * limits only as seen from within a container.
 */
export function controlGroupsAbove(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..')
  const inner = parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`)
  return [...inner, '']
}

/**
 * `cpu.max`: how many cores' worth of time a group may use.
 *
 * @returns `undefined` = as much as there is
 * @source Documentation/admin-guide/cgroup-v2.rst, cpu.max: "$MAX $PERIOD"
 */
export function parseCpuMax(text: string): number | undefined {
  const [quota, period] = splitFields(text).map(wholeNumber)
  return quota === undefined || period === undefined || period === 0 ? undefined : quota / period
}

/**
 * `memory.max` and `memory.current`.
 *
 * @returns `undefined` for `max`: no limit
 * @source Documentation/admin-guide/cgroup-v2.rst, memory.max
 */
export function parseGroupBytes(text: string): Bytes | undefined {
  return wholeNumber(text.trim())
}

/**
 * How long a group was kept from running because its time was used up, out of `cpu.stat`.
 *
 * @source Documentation/admin-guide/cgroup-v2.rst, cpu.stat: throttled_usec
 */
export function parseThrottled(text: string): Milliseconds | undefined {
  const micros = readNamedNumbers(text).get('throttled_usec')
  return micros === undefined ? undefined : micros / 1_000
}
