/** Red, green, blue 0–255 of `#rrggbb` or `rgb(r g b / …)`; undefined where it is written otherwise. */
function channels(colour: string): readonly [number, number, number] | undefined {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour)
  if (hex !== null) {
    const [, r = '0', g = '0', b = '0'] = hex
    return [Number.parseInt(r, 16), Number.parseInt(g, 16), Number.parseInt(b, 16)]
  }
  const rgb = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(colour)
  return rgb === null ? undefined : [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])]
}

/** A colour between two: 0 is the first, 1 the second. A colour that can't be read is left as it is. */
export function mix(from: string, to: string, part: number): string {
  const [a, b] = [channels(from), channels(to)]
  if (a === undefined || b === undefined) return to
  const hex = a.map((value, index) =>
    Math.round(value + ((b[index] ?? value) - value) * part)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${hex.join('')}`
}
