/** A line of a text, without its end. */
export interface TextLine {
  /** The first is 1. */
  readonly line: number
  readonly text: string
}

/** The lines of a UTF-8 text that comes in pieces; empty ones are counted and left out. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder()
  let line = 0
  // Pieces of a line that has no end yet: joined once, since a line may be megabytes long.
  let open: string[] = []

  function* cut(text: string): Generator<TextLine> {
    const parts = text.split('\n')
    const rest = parts.pop() ?? ''
    for (const part of parts) {
      yield* tell([...open, part].join(''))
      open = []
    }
    open.push(rest)
  }

  function* tell(text: string): Generator<TextLine> {
    line += 1
    if (text.trim() !== '') yield { line, text: text.endsWith('\r') ? text.slice(0, -1) : text }
  }

  for await (const chunk of chunks) yield* cut(decoder.decode(chunk, { stream: true }))
  yield* cut(decoder.decode())
  if (open.some((part) => part !== '')) yield* tell(open.join(''))
}
