import { startTestServer } from '#tests/support/servers.ts'
import { connectTo, expect, reload, test } from '#tests/support/workbench.ts'
import { momentOf, openLoad, ranking, recordButton, recordingMeter } from './live-steps.ts'

test.use({ panel: 'load' })

test('a server is recorded when asked, where it is not by itself; and what was recorded stays without it', async ({
  page,
  client,
}) => {
  const server = await startTestServer()
  try {
    await client.workbench.setPreference({ key: 'recording.byItself', value: 'false' })
    // Others have recorded into the session that this worker had open.
    await client.session.create({})
    await connectTo(client, server)
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Load' }).click()
    await expect(page.getByText('Nothing recorded yet')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Timeline' })).toBeHidden()
    await expect(recordingMeter(page)).toHaveText('not recording')

    const file = page.getByTitle('Session file')
    const sizeBefore = (await file.textContent()) ?? ''
    await page.getByRole('button', { name: 'Start recording' }).click()
    await openLoad(page)
    // The size of the file follows what is recorded into it.
    await expect(file).not.toHaveText(sizeBefore, { timeout: 40_000 })
    await expect(recordButton(page)).toHaveText(/REC/)
    await expect(page.getByTitle('From sample to screen')).toBeVisible()

    await recordButton(page).click()
    await page.getByRole('menuitem', { name: 'Stop recording' }).click()
    await expect(recordButton(page)).toHaveText(/Record$/)
    await client.targets.disconnect()
    // What is shown is over; that there is no server is the lesser news.
    const past = page.getByRole('status').filter({ hasText: 'Its panels show the past.' })
    await past.getByRole('button', { name: '1 more' }).click()
    const others = page.getByRole('dialog', { name: 'Other news' })
    await expect(others).toContainText('No server is connected')
    await page.keyboard.press('Escape')
    await reload(page)
    await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
    await expect(momentOf(page, 'Load by wait class')).toBeVisible()
    await expect(ranking(page, 'wait class')).toBeVisible()
    await recordButton(page).click()
    await expect(page.getByRole('menuitem', { name: 'Start recording' })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await expect(page.getByRole('menu')).toContainText('No server is connected')
  } finally {
    await client.workbench.setPreference({ key: 'recording.byItself', value: 'true' })
    await server.stop()
  }
})

test('a server that goes away leaves a gap, and is recorded on by itself when it is back', async ({
  page,
  client,
}) => {
  const server = await startTestServer()
  try {
    await connectTo(client, server)
    await openLoad(page)
    await expect(recordingMeter(page)).toHaveText(/^10 Hz/)
    await server.stop({ keep: true, mode: 'immediate' })
    await expect(recordButton(page)).toHaveText(/waits for the server:.*WAIT/)
    await expect(recordingMeter(page)).toHaveText('recording waits for the server')
    await server.start()
    await expect(recordButton(page)).toHaveText(/REC/, { timeout: 30_000 })
    const timeline = page.getByRole('region', { name: 'Timeline' })
    await timeline.getByRole('button', { name: /\d+ marks?$/ }).click()
    const marks = page.getByRole('list', { name: 'Marks, newest first' })
    await expect(marks).toContainText(/· Gap, for [\d.]+ m?s: /)
    await expect(marks).toContainText('· Recording started')
    await marks.getByRole('button', { name: /· Gap/ }).first().click()
    await expect(timeline.getByRole('button', { name: 'follow ▸ now' })).toHaveAttribute(
      'aria-pressed',
      'false',
    )
    await client.targets.disconnect()
  } finally {
    await server.stop()
  }
})
