/** Lets one through at a time, in the order of arrival: a connection runs one statement after the other. */
export interface Turnstile {
  /** Resolves when it is the caller's turn; the answer lets the next one in. */
  enter(): Promise<() => void>
}

export function createTurnstile(): Turnstile {
  let last: Promise<void> = Promise.resolve()
  return {
    async enter() {
      const before = last
      let leave: () => void = () => {}
      last = new Promise((resolve) => {
        leave = resolve
      })
      await before
      return leave
    },
  }
}
