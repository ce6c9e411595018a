import { Client } from 'pg'
import { expect, test } from '#tests/support/workbench.ts'
import { ranking } from './live-steps.ts'

test.use({
  serverOptions: {
    major: 13,
    settings: { shared_preload_libraries: 'pg_stat_statements', track_io_timing: 'on' },
  },
  panel: 'load',
})

test('every live panel has what the oldest supported server tells', async ({ page, server }) => {
  const { host, port, user, database } = server
  const open = async (applicationName: string) => {
    const client = new Client({ host, port, user, database, application_name: applicationName })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const [holder, waiter] = [await open('holder'), await open('waiter')]
  await holder.query('create extension pg_stat_statements')
  await holder.query('create table seats as select generate_series(1, 20000) as id, false as taken')
  await holder.query('begin')
  await holder.query('update seats set taken = true where id = 1')
  const waiting = waiter.query('update seats set taken = false where id = 1').catch(() => 'ended')
  try {
    const panels = page.getByRole('navigation', { name: 'Panels' })
    const go = (name: string) => panels.getByRole('button', { name }).click()
    await go('Load')
    await expect(ranking(page, 'wait class').getByRole('row', { name: /^Lock/ })).toBeVisible()
    await go('Statements')
    await expect(page.getByRole('row', { name: /update seats set taken/ })).toBeVisible()
    await go('Activity')
    await expect(page.getByRole('row').filter({ hasText: 'waiter' })).toContainText('Lock: transactionid')
    await go('Locks')
    await expect(page.getByText(/^1 process waits for [1-9]/)).toBeVisible()
    await go('Tables')
    await expect(page.getByText('This database has no tables').or(page.getByText('seats'))).toBeVisible()
    await go('Host')
    await expect(page.getByText('No sign of a shortage of memory')).toBeVisible()
    await go('I/O')
    await expect(page.getByText('pg_stat_io came with PostgreSQL 16.')).toBeVisible()
    await expect(page.getByText(/^Buffers written/)).toBeVisible()
  } finally {
    await holder.query('rollback')
    await waiting
    await Promise.all([holder.end(), waiter.end()])
  }
})
