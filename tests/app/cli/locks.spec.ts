import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { runCommand } from '#tests/support/command.ts'

const row = { type: 'relation', rel: 'orders' }
const state = {
  t: 1_795_194_490,
  locks: [
    { ...row, pid: 10, mode: 'AccessShareLock', granted: true, vt: '3/1' },
    {
      ...row,
      pid: 20,
      mode: 'AccessExclusiveLock',
      granted: false,
      vt: '4/1',
      waitstart: '2026-11-20 17:08:08+00',
    },
    {
      ...row,
      pid: 30,
      mode: 'AccessShareLock',
      granted: false,
      vt: '5/1',
      waitstart: '2026-11-20 17:08:09+00',
    },
  ],
  activity: [
    { pid: 10, app: 'report', state: 'idle in transaction', query: 'select 1\nfrom orders' },
    { pid: 20, app: 'migration', state: 'active', query: 'alter table orders\n  add column note text' },
    { pid: 30, app: 'shop', state: 'active', query: 'select 2' },
  ],
}
const line = JSON.stringify(state)

test.describe('locks --from-states', () => {
  test('prints who waits for whom, one line of JSON a state', async () => {
    const { code, stdout, stderr } = await runCommand(['locks', '--from-states', '-', '--json'], {
      input: `${line}\n\n${JSON.stringify({ locks: [] })}\n`,
    })
    expect(stderr).toBe('')
    expect(code).toBe(0)
    const what = { lockType: 'relation', relation: 'orders' }
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text) as unknown),
    ).toEqual([
      [
        { waiterPid: 20, blockerPids: [10], mode: 'AccessExclusiveLock', ...what, waitedMs: 2_000 },
        { waiterPid: 30, blockerPids: [20], mode: 'AccessShareLock', ...what, waitedMs: 1_000 },
      ],
      [],
    ])
  })

  test('goes on behind a line that is no state, and says so at the end', async () => {
    const input = `{"locks": 7}\n${JSON.stringify({ locks: [] })}`
    const json = await runCommand(['locks', '--from-states', '-', '--json'], { input })
    expect(json.stdout).toBe(
      '{"line":1,"error":{"code":"notAState","message":"It has no list “locks”."}}\n[]\n',
    )
    expect(json.code).toBe(6)
    const text = await runCommand(['locks', '--from-states', '-'], { input })
    expect(text.stderr).toBe('barograph: line 1: no state of locks: It has no list “locks”.\n')
    expect(text.stdout).toBe('Line 2\n  Nobody waits for a lock.\n')
    expect(text.code).toBe(6)
  })

  test('shows people a table, and who is at the root of it', async () => {
    const { stdout, code } = await runCommand(['locks', '--from-states', '-'], { input: line })
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toEqual([
      'Line 1 · 2026-11-20 17:08:10.000Z',
      '  waiter        waits for   mode                 lock             waited  statement',
      '  20 migration  10          AccessExclusiveLock  relation orders     2 s  alter table orders add column note text',
      '  30 shop       20 (queue)  AccessShareLock      relation orders     1 s  select 2',
      '  Blocks: 10 report, idle in transaction: select 1 from orders',
    ])
  })

  test('says what is missing: a file, or what is in it', async () => {
    expect(await runCommand(['locks'])).toMatchObject({ code: 2, stdout: '' })
    const empty = await runCommand(['locks', '--from-states', '-', '--json'], { input: '\n' })
    expect(empty.stdout).toBe('{"file":"-","error":{"code":"empty","message":"The file is empty."}}\n')
    expect(empty.code).toBe(6)
  })
})

test.describe('locks of a session file', () => {
  let folder: string
  let file: string
  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'barograph-locks-'))
    file = join(folder, 'shop.barograph')
    // Three looks at which process 2 waited for a reader, behind a prepared transaction (tests/support/sample-activity.ts).
    await copyFile('tests/fixtures/sessions/v3.barograph', file)
  })
  test.afterAll(() => rm(folder, { recursive: true, force: true }))

  const edge = {
    waiterPid: 2,
    blockerPids: [0, 1],
    mode: 'AccessExclusiveLock',
    lockType: 'relation',
    relation: 'orders',
  }

  test('are told of any moment, however it is written', async () => {
    for (const at of ['+0.55s', '1763700000550', '2025-11-21T04:40:00.550Z']) {
      const { code, stdout, stderr } = await runCommand(['locks', file, '--at', at, '--json'])
      expect(stderr).toBe('')
      expect(code).toBe(0)
      expect(JSON.parse(stdout)).toEqual([{ ...edge, waitedMs: 500 }])
    }
  })

  test('are those of the last time that somebody waited, unless a moment is named', async () => {
    expect(JSON.parse((await runCommand(['locks', file, '--json'])).stdout)).toEqual([
      { ...edge, waitedMs: 2_500 },
    ])
    const { stdout } = await runCommand(['locks', file])
    expect(stdout).toContain('2025-11-21 04:40:02.500Z')
    expect(stdout).toContain('0 (queue)')
  })

  test('are not made up for a moment at which nothing was recorded', async () => {
    const { code, stdout, stderr } = await runCommand(['locks', file, '--at', '+1h', '--json'])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toContain('Nothing was recorded at')
    expect((await runCommand(['locks', file, '--at', 'noon'])).code).toBe(2)
    const bare = join(folder, 'bare.barograph')
    await copyFile('tests/fixtures/sessions/v1.barograph', bare)
    const none = await runCommand(['locks', bare, '--at', '+1s'])
    expect(none).toMatchObject({ code: 4, stderr: `barograph: Nothing was recorded in ${bare}.\n` })
  })
})
