import type { Page } from '@playwright/test'

/** What people do in a panel, one thing after the other. */
export interface PanelVisit {
  readonly panel: string
  readonly use: (page: Page) => Promise<void>
}

/** A look that lasts: what is drawn anew with every answer counts as well. */
const watchedMs = 4_000
const pauseMs = 150
const longMs = 120_000

const pause = (page: Page) => page.waitForTimeout(pauseMs)
const gridOf = (name: string) => `[role=grid][aria-label^="${name}"]`

/** Where an element stands. Found by CSS alone: looking for roles and names would be work of the page's thread. */
async function middleOf(page: Page, selector: string, text?: string) {
  const found = await page.waitForFunction(
    ([css, words]) => {
      const all = [...document.querySelectorAll(css ?? '')]
      const element = all.find((one) => words === undefined || one.textContent?.trim().startsWith(words))
      if (element === undefined) return undefined
      const { x, y, width, height } = element.getBoundingClientRect()
      return width === 0 ? undefined : { x: x + width / 2, y: y + height / 2 }
    },
    [selector, text],
    { polling: 200, timeout: longMs },
  )
  const point = await found.jsonValue()
  if (point === undefined) throw new Error(`there is no ${selector}`)
  return point
}

async function click(page: Page, selector: string, text?: string): Promise<void> {
  const { x, y } = await middleOf(page, selector, text)
  await page.mouse.click(x, y)
  await pause(page)
}

async function scroll(page: Page, selector: string): Promise<void> {
  const { x, y } = await middleOf(page, selector)
  await page.mouse.move(x, y)
  for (const pixels of [400, 900, 2_500, 6_000, 20_000, 80_000, -40_000, -80_000]) {
    await page.mouse.wheel(0, pixels)
    await pause(page)
  }
}

/** Through a table: scrolled, sorted by columns both ways, walked by keys. */
async function useTable(page: Page, name: string, titles: readonly string[] = []): Promise<void> {
  const table = gridOf(name)
  await middleOf(page, `${table} [role=gridcell]`)
  await scroll(page, table)
  for (const title of titles) {
    await click(page, `${table} [role=columnheader] button`, title)
    await click(page, `${table} [role=columnheader] button`, title)
  }
  await click(page, `${table} [role=gridcell]`)
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'PageDown', 'End', 'PageUp', 'ArrowUp', 'Home']) {
    await page.keyboard.press(key)
    await pause(page)
  }
}

async function filter(page: Page, field: string, text: string): Promise<void> {
  await click(page, `input[aria-label="${field}"]`)
  await page.keyboard.type(text, { delay: 40 })
  await pause(page)
  for (let letters = text.length; letters > 0; letters -= 1) await page.keyboard.press('Backspace')
  await pause(page)
}

/** Zooms, steps, shows everything and follows again, and looks on for a while. */
async function changeRange(page: Page): Promise<void> {
  // Away from fields, so that keys go to the frame.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  for (const key of ['+', '-', ',', ',', ',', '.', '.', '0', 'f']) {
    await page.keyboard.press(key)
    await pause(page)
  }
  await page.waitForTimeout(watchedMs)
}

const visits: readonly PanelVisit[] = [
  {
    panel: 'Load',
    async use(page) {
      const chart = await middleOf(page, '[role=slider][aria-label^="Moment of Load by"]')
      for (let step = -6; step < 6; step += 1) await page.mouse.move(chart.x + step * 40, chart.y)
      for (const by of ['client', 'application', 'wait event', 'statement']) {
        await click(page, '[aria-label="Load by"] [role=radio]', by)
        await page.waitForTimeout(600)
      }
      await useTable(page, 'Load by statement', ['Sessions', 'Share'])
      await click(page, '[aria-label="Load by"] [role=radio]', 'wait class')
    },
  },
  {
    panel: 'Statements',
    async use(page) {
      await useTable(page, 'Statements', ['Time', 'Calls', 'Mean', 'Statement', 'Load'])
      await filter(page, 'Filter statements', 'crowd_44')
    },
  },
  {
    panel: 'Locks',
    async use(page) {
      await useTable(page, 'Tree of waiting')
      await useTable(page, 'Blockers')
    },
  },
  {
    panel: 'Activity',
    async use(page) {
      await useTable(page, 'Processes', ['Transaction', 'Blocks', 'User', 'Statement'])
      await click(page, '[aria-label="Which processes"]')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await useTable(page, 'Processes', ['Process'])
      await filter(page, 'Filter processes', 'web sleep')
    },
  },
  {
    panel: 'Tables',
    async use(page) {
      await useTable(page, 'Tables', ['Rows', 'Index scans', 'Table', 'Size'])
      await filter(page, 'Filter tables and indexes', 'crowd_77')
      await click(page, '[role=tab]', 'Indexes')
      await useTable(page, 'Indexes', ['Scans', 'Size'])
      await click(page, '[role=tab]', 'Perhaps missing')
      await click(page, '[role=tab]', 'Tables')
    },
  },
  { panel: 'Host', use: (page) => useTable(page, 'Processes by what') },
  { panel: 'I/O', use: (page) => page.waitForTimeout(1_000) },
]

/** Opens a panel, waits for what it shows, uses it, and moves the window's range. */
export const panelVisits: readonly PanelVisit[] = visits.map(({ panel, use }) => ({
  panel,
  async use(page) {
    await click(page, '[aria-label="Panels"] button', panel)
    await use(page)
    await changeRange(page)
  },
}))
