import type { Page } from '@playwright/test'
import { Client } from 'pg'
import { expectAccessibleInBothThemes } from '#tests/support/axe.ts'
import { keepDoing } from '#tests/support/keep-doing.ts'
import type { TestServer } from '#tests/support/servers.ts'
import { expect, test } from '#tests/support/workbench.ts'

test.use({
  serverOptions: { settings: { shared_buffers: '8MB', track_io_timing: 'on', work_mem: '64kB' } },
  panel: 'io',
})

async function connect({ host, port, user, database }: TestServer): Promise<Client> {
  const client = new Client({ host, port, user, database, application_name: 'busy' })
  await client.connect()
  return client
}

/** More rows than the buffers hold are read, sorted and written until it is told to stop. */
async function keepMoving(server: TestServer): Promise<() => Promise<void>> {
  const client = await connect(server)
  await client.query(`create table if not exists crates as
    select g as id, repeat(md5(g::text), 8) as note from generate_series(1, 60000) g`)
  const stop = keepDoing(async () => {
    await client.query('select count(*) from (select note from crates order by note offset 10) as sorted')
    await client.query('update crates set note = note where id % 50 = 0')
  })
  return async () => {
    await stop()
    await client.end()
  }
}

async function openIo(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'I/O' }).click()
  await expect(page.getByRole('region', { name: 'I/O and memory', exact: true })).toBeVisible()
}

const chart = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('shows who reads and writes what, on a heat map of any measure', async ({ page, server }) => {
  const stop = await keepMoving(server)
  await openIo(page)
  const heat = page.getByRole('region', { name: 'Bytes read by process and context' })
  await expect(heat.getByRole('row', { name: /^client backend/ })).toContainText('MiB/s', { timeout: 20_000 })
  await page.getByRole('combobox', { name: 'Measure' }).click()
  await page.getByRole('option', { name: 'evictions' }).click()
  const evictions = page.getByRole('region', {
    name: 'Buffers taken from another block by process and context',
  })
  await expect(evictions.getByRole('row', { name: /^client backend/ })).toContainText('/s')
  await stop()
})

test('tells what a small chart holds in full, wherever it stands', async ({ page, server }) => {
  const stop = await keepMoving(server)
  await openIo(page)
  await expect(chart(page, 'Bytes read')).toContainText(/iB\/s/, { timeout: 20_000 })
  const drawings = page.getByRole('region', { name: 'I/O and memory', exact: true }).getByRole('slider')
  for (const at of [0, 1, 2, 3, 4]) {
    const drawing = drawings.nth(at)
    const { width, height } = (await drawing.boundingBox()) ?? { width: 0, height: 0 }
    for (const share of [0.6, 0.95]) {
      await drawing.hover({ position: { x: width * share, y: height / 2 } })
      await expect(page.getByTestId('readout')).toBeInViewport({ ratio: 1 })
    }
  }
  await stop()
})

test('shows spills, WAL and who writes buffers, and says that sorts spill', async ({ page, server }) => {
  const stop = await keepMoving(server)
  await openIo(page)
  await expect(chart(page, 'Temporary files')).toContainText(/[MK]iB\/s/, { timeout: 20_000 })
  await expect(chart(page, 'WAL')).toContainText(/iB\/s/)
  await expect(page.getByRole('list', { name: 'Who wrote buffers' })).toContainText('backends themselves', {
    timeout: 20_000,
  })
  const lines = page.getByRole('list', { name: 'What holds the server up' })
  await expect(lines.getByRole('button', { name: /^Memory/ })).toContainText('temporary files')
  await stop()
})

test('says what brings the content of shared buffers, and shows it once it is there', async ({
  page,
  server,
}) => {
  await openIo(page)
  await expect(chart(page, 'Shared buffers')).toContainText('CREATE EXTENSION pg_buffercache')
  const client = await connect(server)
  await client.query('create extension pg_buffercache')
  await client.end()
  await expect(chart(page, 'Shared buffers')).toContainText(/of 8 MiB dirty/, { timeout: 60_000 })
  await expect(chart(page, 'Buffers by usage')).toContainText('used often')
})

test('has no axe violations in either theme under load', async ({ page, server }) => {
  const stop = await keepMoving(server)
  await openIo(page)
  await expect(page.getByRole('row', { name: /^client backend/ })).toContainText('/s', {
    timeout: 20_000,
  })
  await expectAccessibleInBothThemes(page)
  await stop()
})
