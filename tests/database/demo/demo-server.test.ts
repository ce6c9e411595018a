import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDemo, type Demo, type DemoOptions } from '#main/demo/index.ts'
import { openServerClient } from '#main/targets/index.ts'
import type { DemoState } from '#shared/session/index.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'

const scale = 0.01
let root = ''
const demos: Demo[] = []
beforeAll(async () => {
  root = await makeTestFolder('demo-server')
})
afterAll(async () => {
  await Promise.all(demos.map((demo) => demo.close()))
  await rm(root, { recursive: true, force: true })
})

function openDemo(
  name: string,
  more: Partial<DemoOptions> = {},
): { readonly demo: Demo; readonly states: DemoState[] } {
  const states: DemoState[] = []
  const demo = createDemo({
    dataFolder: root,
    demoFolder: join(root, name),
    scale,
    onChange: () => states.push(demo.state()),
    ...more,
  })
  demos.push(demo)
  return { demo, states }
}

async function ask(demo: Demo, sql: string): Promise<string | null | undefined> {
  const { settings, ...secret } = demo.connection()
  const client = await openServerClient(settings, secret)
  try {
    return (await client.query(sql)).rows[0]?.[0]
  } finally {
    await client.close()
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

describe('the demo server', () => {
  it('says what it does and how far it is while it is made, and starts at once the next time', async () => {
    const { demo, states } = openDemo('plain')
    await demo.start()
    const steps = states.flatMap((state) => (state.status === 'starting' ? [state] : []))
    expect(new Set(steps.map(({ step }) => step))).toContain('Writing order lines')
    const progress = steps.map((state) => state.progress)
    expect(progress).toStrictEqual([...progress].sort((a, b) => a - b))
    expect(states.at(-1)?.status).toBe('running')
    await demo.stop()
    expect(demo.state()).toStrictEqual({ status: 'stopped' })

    states.length = 0
    await demo.start()
    expect(states.map((state) => (state.status === 'starting' ? state.step : state.status))).toStrictEqual([
      'Looking for the demo server',
      'Waiting until the server accepts connections',
      'running',
    ])
    await demo.stop()
  })

  it('starts again when that is asked for while it stops', async () => {
    const { demo, states } = openDemo('plain')
    await demo.start()
    states.length = 0
    await Promise.all([demo.stop(), demo.start()])
    expect(states.map(({ status }) => status)).toStrictEqual(['stopped', 'starting', 'starting', 'running'])
    expect(await ask(demo, 'select 1')).toBe('1')
    await demo.stop()
  })

  it('has statistics, I/O timing and auto_explain on, and its safety too', async () => {
    const { demo } = openDemo('plain')
    await demo.start()
    const settings = `select string_agg(name || '=' || setting, ' ' order by name) from pg_settings where name in
      ('fsync', 'full_page_writes', 'track_io_timing', 'listen_addresses', 'wal_level', 'autovacuum')`
    expect(await ask(demo, settings)).toBe(
      'autovacuum=on fsync=on full_page_writes=on listen_addresses= track_io_timing=on wal_level=replica',
    )
    expect(
      await ask(demo, "select 'auto_explain.log_format=' || current_setting('auto_explain.log_format')"),
    ).toBe('auto_explain.log_format=json')
    expect(Number(await ask(demo, 'select count(*) from pg_stat_statements'))).toBeGreaterThanOrEqual(0)
    expect(await ask(demo, "select count(*) from pg_namespace where nspname = 'build'")).toBe('0')
    await demo.stop()
  })

  it('is joined by a second workbench, which leaves it running and notices when it ends', async () => {
    const owner = openDemo('plain').demo
    const guest = openDemo('plain').demo
    await owner.start()
    await guest.start()
    expect(guest.state()).toMatchObject({ status: 'running', attached: true })
    await guest.stop()
    expect(await ask(owner, 'select 1')).toBe('1')

    await guest.start()
    await owner.stop()
    await expect
      .poll(() => guest.state(), { timeout: 15_000 })
      .toMatchObject({
        status: 'failed',
        message: 'The Barograph that ran the demo server has stopped it.',
      })
    await guest.start()
    expect(guest.state()).toMatchObject({ status: 'running', attached: false })
    await guest.stop()
  })

  it('is started by a second workbench that asks for it just when the first one stops it', async () => {
    const owner = openDemo('plain').demo
    const guest = openDemo('plain').demo
    await owner.start()
    await Promise.all([owner.stop(), guest.start()])
    expect(await ask(guest, 'select 1')).toBe('1')
    expect(guest.state()).toMatchObject({ status: 'running', attached: false })
    await guest.stop()
  })

  it('is made once when two workbenches start it at the same time, in a folder of any name', async () => {
    const two = [openDemo('my "own", twice'), openDemo('my "own", twice')]
    await Promise.all(two.map(({ demo }) => demo.start()))
    const states = two.map(({ demo }) => demo.state())
    expect(states.map(({ status }) => status)).toStrictEqual(['running', 'running'])
    expect(states.filter((state) => 'attached' in state && state.attached)).toHaveLength(1)
    expect(
      await Promise.all(two.map(({ demo }) => ask(demo, 'select count(*) from shop.orders'))),
    ).toStrictEqual(['3600', '3600'])
    await Promise.all(two.map(({ demo }) => demo.close()))
  })

  it('breaks off its first start when stopped, and can be started again', async () => {
    const { demo, states } = openDemo('broken-off', { scale: 0.3 })
    const start = demo.start()
    await expect
      .poll(() => states.some((state) => 'step' in state && state.step === 'Writing order lines'), {
        timeout: 20_000,
        interval: 5,
      })
      .toBe(true)
    await Promise.all([demo.stop(), expect(start).rejects.toThrow('broken off')])
    expect(demo.state()).toStrictEqual({ status: 'stopped' })
    expect(await readdir(join(root, 'broken-off'))).not.toContain('complete.json')

    const again = openDemo('broken-off').demo
    await again.start()
    expect(await ask(again, 'select count(*) from shop.orders')).toBe('3600')
    await again.close()
  })

  it('says so when the server is killed under it, and starts again', async () => {
    const { demo } = openDemo('plain')
    await demo.start()
    const pid = Number((await readFile(join(root, 'plain', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => demo.state().status, { timeout: 15_000 }).toBe('failed')
    expect(() => demo.connection()).toThrow('not running')
    await demo.start()
    expect(await ask(demo, 'select count(*) from shop.orders')).toBe('3600')
    await demo.stop()
  })

  it('starts though its folder has too long a name for a socket', async () => {
    const { demo } = openDemo(`${'long-'.repeat(24)}name`)
    await demo.start()
    expect(await ask(demo, 'select 1')).toBe('1')
    await demo.close()
  })

  it('over TCP asks for a password that is nowhere written down and new at each start', async () => {
    const { demo } = openDemo('plain', { transport: 'tcp' })
    await demo.start()
    const { settings, password = '' } = demo.connection()
    expect(await ask(demo, 'select 1')).toBe('1')
    for (const user of ['postgres', 'shop_app']) {
      const attempt = openServerClient({ ...settings, user }, { password: 'guessed' })
      await expect(attempt).rejects.toMatchObject({ data: { diagnosis: { problem: 'password-wrong' } } })
    }
    await demo.stop()
    expect(password.length).toBeGreaterThan(16)
    const files = await filesBelow(join(root, 'plain'))
    const contents = await Promise.all(files.map((path) => readFile(path)))
    expect(files.filter((_, nr) => contents[nr]?.includes(password))).toStrictEqual([])
    await demo.start()
    expect(demo.connection().password).not.toBe(password)
    await demo.close()
  })
})
