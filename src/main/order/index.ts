/** Does things one after the other, in the order in which they were asked for; one that fails keeps no other from its turn. */
export type InOrder = <Answer>(work: () => Promise<Answer>) => Promise<Answer>

export function createOrder(): InOrder {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
}
