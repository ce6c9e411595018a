import type { Locator, Page } from '@playwright/test'
import { Client } from 'pg'
import type { TestServer } from '#tests/support/servers.ts'
import { expect } from '#tests/support/workbench.ts'

/** What a person does and sees in the Query panel. */
export interface QueryPage {
  readonly editor: Locator
  readonly grid: Locator
  readonly runLine: Locator
  /** Replaces the editor's text; the cursor ends up behind it. */
  write(text: string): Promise<void>
  /** As `write`, key by key, so that suggestions come up. */
  type(text: string): Promise<void>
  press(keys: string): Promise<void>
  /** Starts a run by keys or otherwise, and waits until that run, not the one before it, is shown as ended. */
  runBy(start: string | (() => Promise<void>)): Promise<void>
  /** Waits until the shown run's plan is on screen, and with it the keys of its views. */
  planShown(): Promise<void>
  button(name: string | RegExp): Locator
  tab(name: string | RegExp): Locator
  /** Waits until the line says so of a run that has ended: of the one before it too, where that said the same. */
  ended(words: string | RegExp): Promise<string>
}

export async function openQuery(page: Page): Promise<QueryPage> {
  const editor = page.locator('.sql-editor .monaco-editor').first()
  // The page, its socket and Monaco: a busy machine takes its time.
  await expect(editor).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Analyse', exact: false })).toBeEnabled()
  const runLine = page.getByTestId('run-line')
  const focus = () => page.locator('.sql-editor textarea.inputarea').focus()
  return {
    editor,
    grid: page.getByRole('grid', { name: 'Rows of the result' }),
    runLine,
    async write(text) {
      await focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
      // Pasted, as a person would: typed text would bring up suggestions, which are a test of their own.
      await page.locator('.sql-editor textarea.inputarea').evaluate((area, pasted) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', pasted)
        area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }, text)
    },
    async type(text) {
      await focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
      await page.keyboard.type(text)
    },
    press: (keys) => page.keyboard.press(keys),
    async runBy(start) {
      const before = (await runLine.count()) === 0 ? null : await runLine.getAttribute('data-run')
      if (typeof start === 'string') await page.keyboard.press(start)
      else await start()
      await expect
        .poll(async () => (await runLine.count()) > 0 && (await runLine.getAttribute('data-run')))
        .not.toBe(before)
      await expect(runLine).toHaveAttribute('data-run', /./)
    },
    planShown: () => expect(page.getByRole('toolbar', { name: 'Plan' })).toBeVisible(),
    button: (name) => page.getByRole('button', { name }),
    tab: (name) => page.getByRole('tab', { name }),
    async ended(words) {
      await expect(runLine).toHaveRole('status')
      await expect(runLine).toContainText(words)
      return (await runLine.textContent()) ?? ''
    },
  }
}

/** Statements behind the workbench's back: to set a scene, or to see what is really there. */
export async function onServer<Answer>(
  server: TestServer,
  work: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new Client({ connectionString: server.url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A small shop, made anew. */
export async function makeShop(server: TestServer): Promise<void> {
  await onServer(server, (client) =>
    client.query(`
      drop schema if exists archive cascade;
      drop table if exists order_lines, orders, customers;
      create table customers (id bigint primary key, name text not null, country text);
      create table orders (id bigint primary key, customer_id bigint references customers, status text not null, placed_at timestamptz not null);
      create table order_lines (order_id bigint references orders, quantity integer not null, price numeric(10,2) not null);
      insert into customers select n, 'customer ' || n, case when n % 5 = 0 then null else 'country ' || n % 7 end from generate_series(1, 200) n;
      insert into orders select n, 1 + n % 200, case when n % 10 = 0 then 'returned' else 'sent' end, '2026-10-01'::timestamptz + n * interval '1 minute' from generate_series(1, 2000) n;
      insert into order_lines select 1 + n % 2000, 1 + n % 3, n % 100 from generate_series(1, 5000) n;
      create schema archive;
      create table archive.orders_2019 (id bigint);
      analyze`),
  )
}
