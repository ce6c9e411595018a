import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDemo, type Demo } from '#main/demo/index.ts'
import { findRunningServer, findServerUser, initializeDataFolder } from '#main/demo/server/index.ts'
import { openServerClient } from '#main/targets/index.ts'
import { startScript } from '#tests/support/child-process.ts'
import { usableBinaries } from '#tests/support/server-templates.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'

const scale = 0.01
let root = ''
beforeAll(async () => {
  root = await makeTestFolder('demo-crash')
})
afterAll(() => rm(root, { recursive: true, force: true }))

function openDemo(demoFolder: string): Demo {
  return createDemo({ dataFolder: root, demoFolder, scale, onChange: () => undefined })
}

async function countOrders(demo: Demo): Promise<string> {
  const { settings, ...secret } = demo.connection()
  const client = await openServerClient(settings, secret)
  const { rows } = await client.query('select count(*) from shop.orders')
  await client.close()
  return rows[0]?.[0] ?? ''
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const gone = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 20_000, interval: 20 }).toBe(false)

describe('a demo server whose owner is killed', () => {
  it('ends, and starts again on the same data', async () => {
    const folder = join(root, 'running')
    const owner = startScript('demo-child.ts', [folder, String(scale)])
    await owner.line((line) => line.includes('"running"'))
    const server = await findRunningServer(join(folder, 'data'))
    const made = await readFile(join(folder, 'complete.json'), 'utf8')
    await owner.killHard()
    await gone(server?.pid ?? 0)

    const demo = openDemo(folder)
    await demo.start()
    expect(demo.state()).toMatchObject({ status: 'running', attached: false })
    expect(await countOrders(demo)).toBe('3600')
    expect(await readFile(join(folder, 'complete.json'), 'utf8')).toBe(made)
    await demo.close()
  })

  it.each([
    ['while the cluster is created', 'Creating a database cluster'],
    ['in the middle of the load', 'Writing orders'],
    ['while indexes are built', 'Building indexes'],
  ])('leaves nothing that breaks the next start when killed %s', async (_, step) => {
    const folder = join(root, step.replaceAll(' ', '-'))
    const owner = startScript('demo-child.ts', [folder, '0.1'])
    await owner.line((line) => line.includes(step))
    const server = await findRunningServer(join(folder, 'data'))
    await owner.killHard()
    if (server !== undefined) await gone(server.pid)
    await expect(readFile(join(folder, 'complete.json'))).rejects.toThrow('ENOENT')

    const demo = openDemo(folder)
    await demo.start()
    expect(await countOrders(demo)).toBe('3600')
    await demo.close()
  })

  it('is taken over at once, even if the old server is still on its way out', async () => {
    const folder = join(root, 'running')
    const owner = startScript('demo-child.ts', [folder, String(scale)])
    await owner.line((line) => line.includes('"running"'))
    await owner.killHard()
    const demo = openDemo(folder)
    await demo.start()
    expect(await countOrders(demo)).toBe('3600')
    await demo.close()
  })
})

describe('Ctrl-C', () => {
  it('reaches the owner, which stops its server in order', async () => {
    const folder = join(root, 'running')
    const owner = startScript('demo-child.ts', [folder, String(scale)])
    await owner.line((line) => line.includes('"running"'))
    const server = await findRunningServer(join(folder, 'data'))
    expect(await owner.interrupt()).toBe(0)
    expect(isAlive(server?.pid ?? 0)).toBe(false)
    await expect(readFile(join(folder, 'data', 'postmaster.pid'))).rejects.toThrow('ENOENT')
  })
})

describe('a stale postmaster.pid', () => {
  it('does not keep the server from starting, though its number belongs to a living process', async () => {
    const folder = join(root, 'running')
    const stale = [String(process.pid), join(folder, 'data'), '1', '5432', '', '', '1 1', 'ready', ''].join(
      '\n',
    )
    await writeFile(join(folder, 'data', 'postmaster.pid'), stale, { mode: 0o600 })
    const demo = openDemo(folder)
    await demo.start()
    expect(demo.state().status).toBe('running')
    await demo.close()
  })
})

describe.skipIf(process.platform === 'win32')('the guards', () => {
  it.each(['death-signal', 'shell'].filter((guard) => guard === 'shell' || process.platform === 'linux'))(
    '%s ends the server when its parent is killed',
    async (guard) => {
      const user = findServerUser()
      const dataFolder = join(root, guard)
      const binaries = await usableBinaries(18, user)
      await initializeDataFolder({ binaries, dataFolder, user, superuser: 'postgres', noSync: true })
      const parent = startScript('guard-child.ts', [guard, dataFolder])
      const pid = Number(await parent.line(() => true))
      expect(isAlive(pid)).toBe(true)
      await parent.killHard()
      await gone(pid)
    },
  )
})
