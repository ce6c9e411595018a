import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readLines, type TextLine } from '#main/hosts/cli/files/lines.ts'

async function linesOf(bytes: Uint8Array, pieceBytes: number): Promise<readonly TextLine[]> {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes))
  const lines: TextLine[] = []
  for await (const line of readLines(Readable.from(pieces))) lines.push(line)
  return lines
}

it('lines are the same however the text is cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'é', '\n', '\r\n', ' ', '😀'), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      async (parts, pieceBytes) => {
        const text = parts.join('')
        const expected = text
          .split('\n')
          .map((line, at) => ({ line: at + 1, text: line.replace(/\r$/, '') }))
          .filter(({ text: line }) => line.trim() !== '')
        expect(await linesOf(Buffer.from(text), pieceBytes)).toEqual(expected)
      },
    ),
  )
})
