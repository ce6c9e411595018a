import { describe, expect, it } from 'vitest'
import { readFileText } from '#renderer/panels/plans/file-text.ts'

const utf16 = (text: string, isLittle: boolean): Blob => {
  const view = new DataView(new ArrayBuffer(2 * text.length))
  Array.from(text).forEach((char, at) => view.setUint16(2 * at, char.charCodeAt(0), isLittle))
  return new Blob([view.buffer])
}

describe('a file’s text', () => {
  it('is read as UTF-8, and as the UTF-16 that PowerShell writes', async () => {
    expect(await readFileText(new Blob(['Seq Scan on müller']))).toBe('Seq Scan on müller')
    expect(await readFileText(utf16('\uFEFFSeq Scan on müller', true))).toBe('Seq Scan on müller')
    expect(await readFileText(utf16('\uFEFFSeq Scan on müller', false))).toBe('Seq Scan on müller')
    expect(await readFileText(new Blob([]))).toBe('')
  })

  it('is none where a file holds bytes that are no text', async () => {
    expect(await readFileText(new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 1])]))).toBeUndefined()
  })
})
