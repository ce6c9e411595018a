import { type OpenOptions, type ServerClient, ServerError, type TextValue } from '#main/targets/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import type { EpochMs, Milliseconds } from '#shared/units/index.ts'
import { markAsOwn } from '#shared/workload/index.ts'
import type { Answer, Question } from '../collector.ts'
import clockSql from './clock.sql?raw'
import { createGate } from './gate.ts'
import { type Greeting, readGreeting } from './greeting.ts'
import helloSql from './hello.sql?raw'
import type { ClockReading } from './server-clock.ts'
import { applySettings, observerSettings } from './settings.ts'

/** The one connection that all collectors ask over, from its opening to its end. */
export interface Link {
  readonly client: ServerClient
  readonly greeting: Greeting
  /** Asks for the greeting anew: privileges may have been granted. */
  greet(): Promise<Greeting>
  /** One question at a time. @throws what the server says; `CONNECTION_LOST` */
  ask(question: Question, parameters?: readonly TextValue[], isUrgent?: boolean): Promise<Answer>
  readClock(): Promise<ClockReading>
  readonly isEnded: boolean
  /** Resolves when it is lost, given up or closed, with the reason. */
  readonly ended: Promise<Error>
  /** Ends it: with a goodbye if nothing is being asked, else at once. */
  close(): Promise<void>
}

export interface LinkOptions {
  readonly openClient: (options: OpenOptions) => Promise<ServerClient>
  readonly now: () => EpochMs
  /** So long an answer may take: a server that doesn't give one is gone. */
  readonly patienceMs: Milliseconds
}

/** So long the server may take to hang up. */
const farewellMs = 500

const clockQuestion: Question = { name: 'observer_clock', sql: clockSql }
const helloQuestion: Question = { name: 'observer_hello', sql: helloSql }

export async function openLink({ openClient, now, patienceMs }: LinkOptions): Promise<Link> {
  const client = await openClient({ applicationName: 'barograph', sessionSettings: observerSettings })
  const gate = createGate()
  /** Ends the wait for the answer that is under way. */
  let refuse: ((cause: Error) => void) | undefined
  let isEnded = false
  let tellEnded: (cause: Error) => void = () => {}
  const ended = new Promise<Error>((resolve) => {
    tellEnded = resolve
  })

  function end(cause: Error): void {
    if (isEnded) return
    isEnded = true
    refuse?.(cause)
    tellEnded(cause)
  }
  client.onLost(end)

  function giveUp(): void {
    end(new WorkbenchError('CONNECTION_LOST', `The server gave no answer for ${patienceMs / 1_000} seconds.`))
    // What it is at must not go on for nobody, if it lives: through a pooler no time limit of ours holds.
    void client
      .cancel()
      .catch(() => {})
      .finally(() => client.destroy())
  }

  /** The client's own promise doesn't end while a server is stopped in its tracks. */
  async function answerTo<Value>(work: Promise<Value>): Promise<Value> {
    const timer = setTimeout(giveUp, patienceMs)
    try {
      return await new Promise((resolve, reject) => {
        refuse = reject
        work.then(resolve, reject)
      })
    } finally {
      refuse = undefined
      clearTimeout(timer)
    }
  }

  async function ask(
    question: Question,
    parameters: readonly TextValue[] = [],
    isUrgent = false,
  ): Promise<Answer> {
    const leave = await gate.enter(isUrgent)
    try {
      if (isEnded) throw await ended
      const sentMs = performance.now()
      const work = client.query(markAsOwn(question.sql), parameters, {
        prepareAs: `barograph_${question.name}`,
      })
      const { rows } = await answerTo(work)
      const tookMs = performance.now() - sentMs
      return { rows, tookMs, atMs: now() - tookMs / 2 }
    } finally {
      leave()
    }
  }

  let greeting = readGreeting([])
  async function greet(): Promise<Greeting> {
    greeting = readGreeting((await ask(helloQuestion)).rows[0] ?? [])
    return greeting
  }

  async function readClock(): Promise<ClockReading> {
    const { rows, atMs, tookMs } = await ask(clockQuestion)
    return { serverMs: Number(rows[0]?.[0]) * 1_000, atMs, tookMs }
  }

  try {
    await answerTo(applySettings(client, (await greet()).isSuperuser)).catch((error: unknown) => {
      // A service may refuse one of them to its superusers; watching goes on without.
      if (!(error instanceof ServerError)) throw error
    })
    return {
      client,
      get greeting() {
        return greeting
      },
      greet,
      ask,
      readClock,
      ended,
      get isEnded() {
        return isEnded
      },
      async close() {
        if (isEnded) return
        const reason = new WorkbenchError('CONNECTION_LOST', 'The recording was stopped.')
        if (refuse !== undefined) {
          end(reason)
          client.destroy()
          return
        }
        isEnded = true
        tellEnded(reason)
        const timer = setTimeout(() => client.destroy(), farewellMs)
        await client.close()
        clearTimeout(timer)
      },
    }
  } catch (error) {
    client.destroy()
    throw error
  }
}
