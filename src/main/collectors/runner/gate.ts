/** Lets one question through at a time; an urgent one goes before all others that wait. */
export interface Gate {
  /** Resolves when it is the caller's turn; the answer lets the next one in. */
  enter(isUrgent: boolean): Promise<() => void>
}

export function createGate(): Gate {
  const urgent: (() => void)[] = []
  const others: (() => void)[] = []
  let isTaken = false

  function leave(): void {
    const next = urgent.shift() ?? others.shift()
    if (next === undefined) isTaken = false
    else next()
  }

  return {
    async enter(isUrgent) {
      if (isTaken) {
        await new Promise<void>((resolve) => {
          ;(isUrgent ? urgent : others).push(resolve)
        })
      }
      isTaken = true
      return leave
    },
  }
}
