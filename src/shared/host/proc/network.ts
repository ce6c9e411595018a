import type { Bytes } from '../../units/index.ts'
import { splitFields, splitLines, wholeNumber } from './fields.ts'

/** One direction of an interface since boot. */
export interface TrafficReading {
  readonly bytes: Bytes
  readonly packets: number
  /** Broken or dropped. */
  readonly losses: number
}

export interface InterfaceReading {
  readonly name: string
  readonly received: TrafficReading
  readonly sent: TrafficReading
}

/**
 * Interfaces of `/proc/net/dev` that have ever carried anything, without those that containers and bridges make by the
 * dozen: their traffic passes through a real one, or stays within the machine.
 *
 * @source proc(5), /proc/net/dev
 */
export function parseInterfaces(text: string): readonly InterfaceReading[] {
  return splitLines(text).flatMap((line): InterfaceReading[] => {
    // Old kernels leave no space after the colon.
    const colon = line.lastIndexOf(':')
    if (colon < 0) return []
    const name = line.slice(0, colon).trim()
    const numbers = splitFields(line.slice(colon + 1)).map(wholeNumber)
    if (numbers.length < 12 || numbers.some((number) => number === undefined) || isVirtual(name)) return []
    const traffic = (first: number): TrafficReading => ({
      bytes: numbers[first] ?? 0,
      packets: numbers[first + 1] ?? 0,
      losses: (numbers[first + 2] ?? 0) + (numbers[first + 3] ?? 0),
    })
    const received = traffic(0)
    const sent = traffic(8)
    return received.packets + sent.packets > 0 ? [{ name, received, sent }] : []
  })
}

function isVirtual(name: string): boolean {
  return /^(veth|docker|br-|virbr|vnet|cni|flannel|cali|tunl|dummy|ifb|nodelocaldns|kube)/.test(name)
}
