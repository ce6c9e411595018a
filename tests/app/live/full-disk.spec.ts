import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { expectAccessible } from '#tests/support/axe.ts'
import { startWebHost } from '#tests/support/web-host.ts'
import { test as base, connectTo, expect, plainServer } from '#tests/support/workbench.ts'
import { openLoad, rangeWords, recordButton, recordingMeter } from './live-steps.ts'

/** A host of its own, whose files may be forbidden to grow. */
const test = base.extend<object, object>({
  host: [
    async ({ maybeServer }, give) => {
      const host = await startWebHost({ survivesFileLimit: true })
      if (maybeServer !== undefined) await connectTo(host.client, maybeServer)
      await give(host)
      await host.stop()
      await rm(host.dataFolder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})
test.use({ serverOptions: plainServer, panel: 'load' })
test.skip(process.platform !== 'linux', 'files are limited by prlimit')

const limitFiles = (pid: number, bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])

test('a session that can’t be written is said to be so, stays live, and goes on once there is room', async ({
  page,
  host,
  client,
}) => {
  await openLoad(page)
  await expect(recordButton(page)).toHaveText(/^Recording: on/)
  const banner = page.getByRole('status').filter({ hasText: 'The session can’t be written' })
  await expect(banner).toBeHidden()

  limitFiles(host.pid, 4_096)
  await expect(banner).toContainText(/the disk is full.*kept in memory/)
  await expect(recordButton(page)).toHaveText(/^Recording: can’t write to the session/)
  await expect(recordingMeter(page)).toHaveText(/recording can’t be written/)
  await expectAccessible(page)

  // Live all the same: samples go on coming, and are drawn.
  const { sessionId } = await client.session.current()
  const newest = async () => (await client.recording.tail({ sessionId, after: 0, waitMs: 0 })).latest.activity
  const before = (await newest()) ?? 0
  await expect.poll(newest).toBeGreaterThan(before + 1_000)
  await expect(page.getByTitle('From sample to screen')).toBeVisible()
  await expect(rangeWords(page)).toHaveText(/the last 2 min$/)

  limitFiles(host.pid, 'unlimited')
  // The longer it could not be written, the rarer it is tried again: up to half a minute.
  await expect(banner).toBeHidden({ timeout: 45_000 })
  await expect(recordingMeter(page)).toHaveText(/^[\d.]+ (of 10 )?Hz/)
  // Nothing of that time had to be given up.
  const { markers } = await client.recording.tail({ sessionId, after: 0, waitMs: 0 })
  expect(markers.filter(({ label }) => label.startsWith('Not kept'))).toEqual([])

  // Who stops meanwhile is told as well that the end is not on the disk yet.
  limitFiles(host.pid, 4_096)
  await expect(banner).toContainText(/kept in memory/)
  await client.recording.stop()
  await expect(recordButton(page)).toHaveText(/^Recording: off/)
  await expect(banner).toContainText(/The end of the recording is kept in memory/)
  limitFiles(host.pid, 'unlimited')
})
