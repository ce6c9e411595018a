import type { Token } from './condition-tokens.ts'

export const nameOf = (token: Token): string =>
  token.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : token.text

export const isWord = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'word' && token.text.toLowerCase() === text

export const isMark = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'mark' && token.text === text

export const isName = (token: Token | undefined): token is Token =>
  token?.kind === 'word' || token?.kind === 'quoted'

/** A run of a condition's words. */
export class Range {
  readonly source: string
  readonly tokens: readonly Token[]
  constructor(source: string, tokens: readonly Token[]) {
    this.source = source
    this.tokens = tokens
  }
  get text(): string {
    return this.source.slice(this.tokens[0]?.start ?? 0, this.tokens.at(-1)?.end ?? 0)
  }
  get depth(): number {
    return this.tokens[0]?.depth ?? 0
  }
  cut(from: number, to?: number): Range {
    return new Range(this.source, this.tokens.slice(from, to))
  }
  /** Without the parentheses around all of it. */
  bare(): Range {
    const { tokens } = this
    let from = 0
    let to = tokens.length
    while (to - from > 2 && isMark(tokens[from], '(') && tokens[from]?.closesAt === tokens[to - 1]?.start) {
      from += 1
      to -= 1
    }
    return from === 0 ? this : this.cut(from, to)
  }
}
