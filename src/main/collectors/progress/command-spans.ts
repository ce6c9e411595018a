import type { MetricSample } from '#shared/series/index.ts'
import type { Marker, MarkerKind } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import type { CommandAtWork, Commander } from './parse.ts'

export interface CommandSpans {
  /** Processes with a command that has not been seen before. */
  unknownPids(commands: readonly CommandAtWork[]): readonly number[]
  /** Takes in what a look saw; `commanders` knows the processes that were unknown. */
  see(
    commands: readonly CommandAtWork[],
    atMs: EpochMs,
    commanders: ReadonlyMap<number, Commander>,
  ): { readonly markers: readonly Marker[]; readonly gauges: readonly MetricSample[] }
}

interface Span {
  readonly kind: MarkerKind
  readonly label: string
  readonly atMs: EpochMs
  readonly user?: string
  readonly last: CommandAtWork
  /** A mark without an end was made. */
  readonly isTold: boolean
}

/** The progress of a command is recorded once it has taken so long: most are over before anybody could watch. */
const worthWatchingMs: Milliseconds = 10_000

/**
 * Makes spans of commands out of looks at their progress. One that is seen twice is marked without an end, and again
 * with it, under the same label and beginning; one that is seen once is marked with its end alone, and a COPY not at
 * all: there may be thousands.
 */
export function createCommandSpans(): CommandSpans {
  let spans: ReadonlyMap<string, Span> = new Map()
  let lastAtMs: EpochMs | undefined

  function follow(command: CommandAtWork, atMs: EpochMs, commander: Commander | undefined): Span {
    const known = spans.get(keyOf(command))
    if (known !== undefined) return { ...known, last: command, isTold: true }
    const { beganAtMs = atMs, user } = commander ?? {}
    return {
      ...describe(command, commander?.isAutovacuum === true),
      // A statement over many tables began before it came to this one.
      atMs: Math.min(atMs, Math.max(beganAtMs, lastAtMs ?? beganAtMs)),
      ...(user === undefined ? {} : { user }),
      last: command,
      isTold: false,
    }
  }

  return {
    unknownPids: (commands) => [
      ...new Set(commands.filter((command) => !spans.has(keyOf(command))).map(({ pid }) => pid)),
    ],
    see(commands, atMs, commanders) {
      const now = new Map(
        commands.map((command) => [keyOf(command), follow(command, atMs, commanders.get(command.pid))]),
      )
      const begun = [...now].filter(([key, { isTold }]) => isTold && spans.get(key)?.isTold === false)
      const ended = [...spans].filter(([key, span]) => !now.has(key) && (span.isTold || span.kind !== 'copy'))
      spans = now
      lastAtMs = atMs
      return {
        markers: [
          ...ended.map(([, span]) => ({ ...markerOf(span), endedAtMs: atMs })),
          ...begun.map(([, span]) => markerOf(span)),
        ],
        gauges: [...now.values()].flatMap((span) => progressOf(span, atMs)),
      }
    },
  }
}

function keyOf({ pid, command, target = '' }: CommandAtWork): string {
  return `${pid} ${command} ${target}`
}

function describe(command: CommandAtWork, isAutovacuum: boolean): Pick<Span, 'kind' | 'label'> {
  const of = command.target === undefined ? '' : ` of ${command.target}`
  const name = command.command
  if (isAutovacuum) {
    return { kind: 'autovacuum', label: `${name === 'ANALYZE' ? 'Autoanalyze' : 'Autovacuum'}${of}` }
  }
  return { kind: kindOf(name), label: `${name}${of}` }
}

function kindOf(command: string): MarkerKind {
  if (command.startsWith('VACUUM') || command === 'ANALYZE') return 'vacuum'
  if (command.startsWith('COPY')) return 'copy'
  if (command === 'BASE BACKUP') return 'backup'
  return 'ddl'
}

function markerOf({ kind, label, atMs, user, last }: Span): Marker {
  const { pid, database, phase, done, inAll, facts } = last
  return {
    kind,
    label,
    atMs,
    facts: {
      process: pid,
      ...(database === undefined ? {} : { database }),
      ...(user === undefined ? {} : { user }),
      ...(phase === undefined ? {} : { phase }),
      ...(done > 0 ? { done } : {}),
      ...(inAll > 0 ? { 'in all': inAll } : {}),
      ...facts,
    },
  }
}

function progressOf({ atMs: beganAtMs, last }: Span, atMs: EpochMs): readonly MetricSample[] {
  const { command, target = '', phase, done, inAll } = last
  if (atMs - beganAtMs < worthWatchingMs || phase === undefined || inAll <= 0) return []
  return [{ metric: 'progress.share', labels: [command, target, phase], value: Math.min(1, done / inAll) }]
}
