const stepPx = 90

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

/** How far, in px, Shift with an arrow moves what is drawn: against the arrow, as the view goes with it. */
export function panOf(event: {
  readonly key: string
  readonly shiftKey: boolean
}): readonly [dxPx: number, dyPx: number] | undefined {
  const direction = event.shiftKey ? directions[event.key] : undefined
  return direction && [direction[0] * stepPx, direction[1] * stepPx]
}
