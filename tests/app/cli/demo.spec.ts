import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, test } from '@playwright/test'
import { runCommand, startCommand } from '#tests/support/command.ts'
import { findDemoServer, isAlive } from '#tests/support/demo-process.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'

test('profile --demo makes the demo, uses it, and leaves no server behind, even after kill -9', async () => {
  test.setTimeout(120_000)
  const data = await makeTestFolder('command-demo')
  const sql = 'select count(*) from orders'
  const { code, stdout, stderr } = await runCommand([
    'profile',
    '--demo',
    '--data',
    data,
    '--sql',
    sql,
    '--json',
  ])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({ target: { database: 'shop' }, runs: [{ rows: 1 }] })
  expect(await findDemoServer(data)).toBeUndefined()

  const running = startCommand(['profile', '--demo', '--data', data, '--sql', 'select pg_sleep(60)'])
  await expect.poll(() => findDemoServer(data), { timeout: 60_000 }).toBeDefined()
  const server = (await findDemoServer(data)) ?? 0
  running.process.kill('SIGKILL')
  await running.result
  await expect.poll(() => isAlive(server), { timeout: 8_000 }).toBe(false)

  // What the killed command left is swept up by the next one.
  await runCommand(['profile', '--demo', '--data', data, '--sql', sql])
  const left = (await readdir(tmpdir())).filter((name) =>
    name.startsWith(`barograph-command-${running.process.pid}-`),
  )
  expect(left).toEqual([])
  await rm(data, { recursive: true, force: true, maxRetries: 5 })
})
