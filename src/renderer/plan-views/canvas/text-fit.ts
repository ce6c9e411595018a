/** Longest kept before everything is forgotten: texts of plans repeat, but a session has many plans. */
const mostKept = 20_000

export interface TextFit {
  readonly measure: (text: string) => number
  /** The text, or as much of it as fits before an ellipsis; empty where not even a letter and the ellipsis fit. */
  readonly fit: (text: string, maxWidth: number) => string
}

/**
 * Fits texts of one font, and remembers: measuring is what costs most in a drawing of thousands of labels.
 * @param measureText width of a text in that font
 */
export function createTextFit(measureText: (text: string) => number): TextFit {
  const widths = new Map<string, number>()
  const fitted = new Map<string, string>()
  const measure = (text: string): number => {
    const known = widths.get(text)
    if (known !== undefined) return known
    if (widths.size >= mostKept) widths.clear()
    const width = measureText(text)
    widths.set(text, width)
    return width
  }
  const cut = (text: string, maxWidth: number): string => {
    let [low, high] = [0, text.length]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (measureText(`${text.slice(0, middle).trimEnd()}…`) <= maxWidth) low = middle
      else high = middle - 1
    }
    return low === 0 ? '' : `${text.slice(0, low).trimEnd()}…`
  }
  const fit = (text: string, maxWidth: number): string => {
    if (measure(text) <= maxWidth) return text
    const key = `${Math.round(maxWidth)} ${text}`
    const known = fitted.get(key)
    if (known !== undefined) return known
    if (fitted.size >= mostKept) fitted.clear()
    const short = cut(text, Math.round(maxWidth))
    fitted.set(key, short)
    return short
  }
  return { measure, fit }
}
