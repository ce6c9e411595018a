import { runInThisContext } from 'node:vm'

/** What tests prime and inspect: everything that the main process did to the outside world. */
export const record = {
  /** Calls worth knowing, in order: `dialog error …`, `popup denied …`. */
  log: [] as string[],
  /** Answers for the dialogs to come, by kind. */
  dialogs: [] as { readonly kind: 'open' | 'save' | 'message'; readonly answer: unknown }[],
}

/** What a function sent by a test gets to see. */
export type StandIn = Readonly<Record<string, unknown>>

interface Question {
  readonly id: number
  readonly source: string
  readonly argument: unknown
}

/** Evaluates functions that tests send over the channel, as Playwright's `electronApp.evaluate` does. */
export function answerTests(electron: StandIn): void {
  process.on('message', ({ id, source, argument }: Question) => {
    const evaluate = async () => {
      // The source comes from the test file that started this process.
      const work = runInThisContext(`(${source})`) as (electron: StandIn, argument: unknown) => unknown
      return work({ ...electron, record }, argument)
    }
    evaluate().then(
      (answer) => process.send?.({ id, answer }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    )
  })
}
