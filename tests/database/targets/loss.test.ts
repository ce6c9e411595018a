import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { replaceText, startProxy } from '#tests/support/proxy.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'
import { diagnosisOf, openFor, settingsOf, single } from './surroundings.ts'

describe('a connection over a bad line', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  /** Lets so many bytes of the server through, counted from `arm` on, and then cuts the line. */
  async function cutAfter(bytes: number) {
    let left = Number.POSITIVE_INFINITY
    const proxy = await startProxy(server, (chunk) => {
      left -= chunk.length
      return left > 0 ? chunk : undefined
    })
    return {
      settings: { ...settingsOf(server), port: proxy.port },
      arm: () => {
        left = bytes
      },
    }
  }

  it('is lost when the line is cut in mid-row', async () => {
    const line = await cutAfter(300_000)
    const client = await openFor(line.settings)
    const losses: Error[] = []
    client.onLost((cause) => losses.push(cause))
    line.arm()
    await expect(client.query(`select repeat('x', 10000000)`)).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
    })
    expect(client.isLost).toBe(true)
    expect(losses).toHaveLength(1)
  })

  it('loses a cursor between two batches at the next read', async () => {
    const line = await cutAfter(3_000_000)
    const client = await openFor(line.settings)
    line.arm()
    const cursor = client.openCursor(`select repeat('x', 1000) from generate_series(1, 100000)`)
    expect((await cursor.read(100)).rows).toHaveLength(100)
    await expect(cursor.read(100_000)).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await cursor.close()
  })

  it('tells a late listener too', async () => {
    const line = await cutAfter(1)
    const client = await openFor(line.settings)
    line.arm()
    await expect(client.query('select 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    const cause = await new Promise<Error>((resolve) => client.onLost(resolve))
    expect(cause).toMatchObject({ code: 'CONNECTION_LOST' })
  })

  it('survives bytes that are no message', async () => {
    let isGarbled = false
    const proxy = await startProxy(server, (chunk) =>
      isGarbled ? Buffer.from('R\0\0\0\x08\0\0\0\x63') : chunk,
    )
    const client = await openFor({ ...settingsOf(server), port: proxy.port })
    isGarbled = true
    await expect(client.query('select 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
  })

  it('survives the kill of the whole server', async () => {
    const victim = await startTestServer()
    const client = await openFor(settingsOf(victim))
    const lost = new Promise<Error>((resolve) => client.onLost(resolve))
    const running = client.query('select pg_sleep(60)').catch((error: unknown) => error)
    await victim.stop({ mode: 'immediate' })
    expect(await lost).toMatchObject({ code: 'CONNECTION_LOST' })
    expect(await running).toMatchObject({ code: 'CONNECTION_LOST' })
  })

  it('recognises a pooler by its own key, and leaves named statements and session settings out', async () => {
    const proxy = await startProxy(server, (chunk) => {
      const at = chunk.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]))
      if (at >= 0) chunk.writeInt32BE(99, at + 5)
      return chunk
    })
    const settings = { ...settingsOf(server), port: proxy.port }
    const client = await openFor(settings, { sessionSettings: { work_mem: '7MB' } })
    expect(client.throughPooler).toBe(true)
    expect(client.backendPid).not.toBe(99)
    expect(await single(client, 'show work_mem')).toBe('4MB')
    const ask = () => client.query('select count(*) from pg_prepared_statements', [], { prepareAs: 'count' })
    expect((await ask()).rows).toEqual([['0']])
  })

  it('refuses a server older than 13, and lets a newer one than known in', async () => {
    const claiming = async (version: string) => {
      const own = `18${String(await ownMinor()).padStart(4, '0')}`
      const proxy = await startProxy(server, (chunk) => replaceText(chunk, own, version))
      return { ...settingsOf(server), port: proxy.port }
    }
    expect(await diagnosisOf(await claiming('120022'))).toMatchObject({
      problem: 'version-unsupported',
      part: 'version',
      detail: 'It is PostgreSQL 12.',
    })
    expect((await openFor(await claiming('190001'))).versionNum).toBe(190_001)
  })

  async function ownMinor(): Promise<number> {
    return (await openFor(settingsOf(server))).versionNum % 10_000
  }
})
