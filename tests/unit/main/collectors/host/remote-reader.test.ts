import { describe, expect, it } from 'vitest'
import { createRemoteReader, readEscaped } from '#main/collectors/host/remote-reader.ts'
import { ServerError } from '#main/targets/index.ts'

/** A server that can't read some of its files. */
function serverThatRefuses(...broken: readonly string[]) {
  const asked: number[] = []
  const reader = createRemoteReader({
    ask(_question, [literal] = []) {
      const paths = (literal ?? '')
        .slice(1, -1)
        .split(',')
        .map((text) => text.slice(1, -1))
      asked.push(paths.length)
      if (paths.some((path) => broken.includes(path))) {
        return Promise.reject(new ServerError('could not read file', { sqlState: '58030' }))
      }
      return Promise.resolve({ rows: paths.map((path) => [path, `of ${path}`]), atMs: 7, tookMs: 1 })
    },
  })
  return { reader, asked }
}

const paths = ['/a', '/b', '/c', '/d', '/e', '/f', '/g', '/h']

describe('files read through the server', () => {
  it('come with one question', async () => {
    const { reader, asked } = serverThatRefuses()
    const { texts, atMs } = await reader.read(paths)
    expect([texts.get('/c'), texts.size, atMs]).toEqual(['of /c', 8, 7])
    expect(asked).toEqual([8])
  })

  it('leave out the one that can’t be read, and don’t ask for it again', async () => {
    const { reader, asked } = serverThatRefuses('/c')
    const { texts } = await reader.read(paths)
    expect([texts.size, texts.has('/c')]).toEqual([7, false])
    expect(asked.length).toBeLessThanOrEqual(7)
    asked.length = 0
    await reader.read(paths)
    expect(asked).toEqual([7])
  })

  it('fail as a whole where the question was cancelled: no file is at fault', async () => {
    const reader = createRemoteReader({
      ask: () => Promise.reject(new ServerError('canceling statement', { sqlState: '57014' })),
    })
    await expect(reader.read(paths)).rejects.toThrow('canceling')
  })
})

describe('escaped bytes', () => {
  it.each([
    ['plain', 'plain'],
    [String.raw`node\000server.js\000`, 'node\0server.js\0'],
    [String.raw`a\\000b`, String.raw`a\000b`],
    [String.raw`caf\303\251`, 'café'],
  ])('%s', (escaped, text) => {
    expect(readEscaped(escaped)).toBe(text)
  })
})
