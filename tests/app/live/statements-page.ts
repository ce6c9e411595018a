import type { Page } from '@playwright/test'
import { Client } from 'pg'
import { keepDoing } from '#tests/support/keep-doing.ts'
import type { TestServer } from '#tests/support/servers.ts'
import { expect } from '#tests/support/workbench.ts'

async function connect(server: TestServer, applicationName: string): Promise<Client> {
  const { host, port, user, database } = server
  const client = new Client({ host, port, user, database, application_name: applicationName })
  await client.connect()
  return client
}

/** A shop at work until it is closed: readers, a report that sorts on disk, writers that wait for one row. */
export async function openShop(server: TestServer, extension: boolean) {
  const owner = await connect(server, 'setup')
  if (extension) await owner.query('create extension if not exists pg_stat_statements')
  await owner.query(
    'create table if not exists orders as select g as id, g % 500 as customer_id, repeat(md5(g::text), 3) as note from generate_series(1, 60000) g',
  )
  await owner.query('create table if not exists stock as select 1 as id, 100 as pieces')
  const work = async (application: string, next: (round: number) => string) => {
    const client = await connect(server, application)
    const stop = keepDoing((round) => client.query(next(round)))
    return async () => {
      await stop()
      await client.end()
    }
  }
  const sell = () => 'update stock set pieces = pieces - 1 where id = 1 returning pg_sleep(0.01)'
  const stops = await Promise.all([
    work('checkout', (round) => `select count(*) from orders where customer_id = ${round % 500}`),
    work('report', () => 'select note from orders order by note desc, id offset 59990'),
    work('till', sell),
    work('till', sell),
  ])
  return {
    async close() {
      await Promise.all(stops.map((stop) => stop()))
      await owner.end()
    },
  }
}

/** One statement, again and again until it is stopped. */
export async function keepAsking(server: TestServer, statement: string): Promise<() => Promise<void>> {
  const client = await connect(server, 'asking')
  const stop = keepDoing(() => client.query(statement))
  return async () => {
    await stop()
    await client.end()
  }
}

export type Shop = Awaited<ReturnType<typeof openShop>>

export const grid = (page: Page) => page.getByRole('grid', { name: 'Statements' })
export const row = (page: Page, text: string) => grid(page).getByRole('row').filter({ hasText: text })
export const inspector = (page: Page) => page.getByRole('region', { name: 'Inspector' })
export const head = (page: Page, name: string) => grid(page).getByRole('columnheader', { name, exact: true })

export async function openPanel(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Statements' }).click()
  await expect(grid(page)).toBeVisible()
}

/** Counters are read every few seconds. */
export async function counted(page: Page): Promise<void> {
  await expect(row(page, 'update stock').getByRole('gridcell').nth(4)).toHaveText(/^\d/, { timeout: 30_000 })
}

export const firstRow = (page: Page) => grid(page).getByRole('row').nth(1)
