/**
 * `next` with every part that says the same as before being the very same object, so that whoever looks at that part
 * is not drawn anew. For plain data as it comes from the contract.
 */
export function keepUnchanged<Value extends object>(previous: Value | undefined, next: Value): Value {
  if (previous === undefined) return next
  const parts = Object.entries(next).map(([key, part]: [string, unknown]) => {
    const known: unknown = previous[key as keyof Value]
    return [key, JSON.stringify(known) === JSON.stringify(part) ? known : part]
  })
  return Object.fromEntries(parts) as Value
}
