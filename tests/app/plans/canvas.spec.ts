import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '#tests/support/axe.ts'
import { makeLargePlan } from '#tests/support/large-plan.ts'
import { test as base, expect } from '#tests/support/plan-page-test.ts'

interface Fixtures {
  /** Opens the page at a plan, in its tree or its flame. */
  readonly open: (planJson: string, view: 'tree' | 'flame') => Promise<Locator>
}

const test = base.extend<Fixtures>({
  open: ({ page, openPlan }, give) =>
    give(async (planJson, view) => {
      await openPlan(planJson)
      await page.keyboard.press(view === 'tree' ? 'Alt+1' : 'Alt+2')
      const canvas = page.getByTestId(view === 'tree' ? 'plan-graph' : 'plan-flame')
      await expect(canvas).toBeVisible()
      return canvas
    }),
})

const node = (type: string, ms: number, more: Record<string, unknown> = {}, ...below: readonly object[]) => ({
  'Node Type': type,
  'Parent Relationship': 'Outer',
  'Startup Cost': 0,
  'Total Cost': 10,
  'Plan Rows': 100,
  'Plan Width': 8,
  'Actual Startup Time': 0.01,
  'Actual Total Time': ms,
  'Actual Rows': 100,
  'Actual Loops': 1,
  ...more,
  ...(below.length === 0 ? {} : { Plans: below }),
})

const join = JSON.stringify([
  {
    Plan: node(
      'Hash Join',
      90,
      { 'Hash Cond': '(o.id = c.id)' },
      node('Seq Scan', 60, { 'Relation Name': 'orders', Alias: 'orders' }),
      node('Hash', 20, {}, node('Seq Scan', 15, { 'Relation Name': 'customers', Alias: 'customers' })),
    ),
    'Planning Time': 10,
    'Execution Time': 100,
  },
])

const treeGrid = (page: Page) => page.getByRole('treegrid', { name: /^Plan as an? / })
const selectedRow = (page: Page) => treeGrid(page).getByRole('row', { selected: true })
const hoverCard = (page: Page) => page.getByTestId('plan-hover')

/** Moves the pointer over the canvas until what it stands on answers: cards have no elements to ask for. */
async function pointAt(
  page: Page,
  canvas: Locator,
  title: string | RegExp,
): Promise<{ x: number; y: number }> {
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('the canvas has no place')
  let found: { x: number; y: number } | undefined
  await expect(async () => {
    for (let y = box.y + 12; y < box.y + box.height; y += 24) {
      for (let x = box.x + 30; x < box.x + box.width; x += 70) {
        await page.mouse.move(x, y)
        if ((await hoverCard(page).count()) === 0) continue
        const said = (await hoverCard(page).locator('p').first().textContent()) ?? ''
        if (typeof title === 'string' ? said !== title : !title.test(said)) continue
        found = { x, y }
        return
      }
    }
    throw new Error(`nothing on the canvas says ${title}`)
  }).toPass({ timeout: 20_000 })
  if (found === undefined) throw new Error(`nothing on the canvas says ${title}`)
  return found
}

/** Two pictures are the same when this is: short, so that a failure can be read. */
const picture = (canvas: Locator): Promise<string> =>
  canvas.evaluate(async (element) => {
    const bytes = new TextEncoder().encode((element as HTMLCanvasElement).toDataURL())
    const digest = await crypto.subtle.digest('SHA-256', bytes)
    return Array.from(new Uint8Array(digest).slice(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    )
  })

/** The picture once frames that were asked for have been drawn. */
async function stillPicture(canvas: Locator): Promise<string> {
  let last = ''
  await expect(async () => {
    await canvas.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    const before = last
    last = await picture(canvas)
    expect(last).toBe(before)
  }).toPass()
  return last
}

test.describe('the tree', () => {
  test('is walked and folded by the keyboard, with a row for screen readers', async ({ page, open }) => {
    await open(join, 'tree')
    await treeGrid(page).focus()
    await page.keyboard.press('Home')
    await expect(selectedRow(page)).toContainText('Hash Join')
    await expect(selectedRow(page)).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('ArrowDown')
    await expect(selectedRow(page)).toContainText('Seq Scan on orders')
    await expect(selectedRow(page)).toContainText('60 ms')
    await expect(selectedRow(page)).toHaveAttribute('aria-level', '2')
    await page.keyboard.press('ArrowRight')
    await expect(selectedRow(page)).toHaveAttribute('aria-posinset', '2')
    await page.keyboard.press('Enter')
    await expect(selectedRow(page)).toHaveAttribute('aria-expanded', 'false')
    await expect(treeGrid(page).getByRole('row', { name: /customers/ })).toHaveCount(0)
    await page.keyboard.press('w')
    await expect(selectedRow(page)).toContainText('Seq Scan on orders')
    const focused = await treeGrid(page).getAttribute('aria-activedescendant')
    await expect(selectedRow(page)).toHaveAttribute('id', focused ?? '')
    await expectAccessible(page)
  })

  test('tells figures with their formula at the pointer, selects at a click and folds at two', async ({
    page,
    open,
  }) => {
    const canvas = await open(join, 'tree')
    const { x, y } = await pointAt(page, canvas, 'Hash')
    await expect(hoverCard(page)).toContainText('elapsed, own')
    await expect(hoverCard(page)).toContainText('Actual Total Time × loops')
    await page.mouse.click(x, y)
    await expect(selectedRow(page).getByRole('gridcell').first()).toHaveText('Hash')
    await page.mouse.dblclick(x, y)
    await expect(selectedRow(page)).toHaveAttribute('aria-expanded', 'false')
  })

  test('zooms at the pointer, pans by wheel and drag, and comes back to the whole', async ({
    page,
    open,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const canvas = await open(join, 'tree')
    await treeGrid(page).focus()
    await page.keyboard.press('0')
    const { x, y } = await pointAt(page, canvas, 'Hash Join')
    await page.mouse.move(5, 5)
    const whole = await stillPicture(canvas)
    await page.mouse.move(x, y)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -300)
    await page.keyboard.up('Control')
    await expect.poll(() => picture(canvas)).not.toBe(whole)
    // Larger, and still under the pointer.
    await expect(hoverCard(page).locator('p').first()).toHaveText('Hash Join')
    await page.mouse.wheel(0, 500)
    await page.mouse.down()
    await page.mouse.move(x + 200, y + 40, { steps: 4 })
    await page.mouse.up()
    await page.mouse.move(5, 5)
    await page.keyboard.press('0')
    await expect.poll(() => picture(canvas)).toBe(whole)
  })

  test('is all in sight again where the room for it shrinks, until somebody has moved it', async ({
    page,
    open,
  }) => {
    const canvas = await open(join, 'tree')
    await expect(canvas).toHaveAttribute('data-drawn', 'true')
    await page.setViewportSize({ width: 560, height: 700 })
    await pointAt(page, canvas, /Hash Join/)
    await pointAt(page, canvas, /orders/)
    await pointAt(page, canvas, /customers/)
  })

  test('draws anew when the theme changes', async ({ page, open }) => {
    const canvas = await open(join, 'tree')
    await page.mouse.move(5, 5)
    const before = await stillPicture(canvas)
    await page.evaluate(() => {
      const { dataset } = document.documentElement
      dataset['theme'] = dataset['theme'] === 'light' ? 'dark' : 'light'
    })
    await expect.poll(() => picture(canvas)).not.toBe(before)
  })

  test('folds thousands of members into a group that opens, without an element a node', async ({
    page,
    open,
  }) => {
    const canvas = await open(makeLargePlan(8_000), 'tree')
    await pointAt(page, canvas, /more members of Append/)
    const closed = await stillPicture(canvas)
    const elements = () => page.evaluate(() => document.querySelectorAll('*').length)
    expect(await elements()).toBeLessThan(1_500)
    await treeGrid(page).focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('g')
    await pointAt(page, canvas, /^[\d,]+ members of Append/)
    await page.keyboard.press('0')
    await page.mouse.move(5, 5)
    await expect.poll(() => picture(canvas)).not.toBe(closed)
    expect(await elements()).toBeLessThan(1_500)
    await expectAccessible(page)
  })

  test('shows where the window is on a map that moves it', async ({ page, open }) => {
    const canvas = await open(makeLargePlan(8_000), 'tree')
    await treeGrid(page).focus()
    await page.keyboard.press('1')
    const map = page.getByTestId('plan-minimap')
    // Everything is on screen until it is looked at from nearer.
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await expect(map).toBeVisible()
    await page.mouse.move(5, 5)
    const before = await stillPicture(canvas)
    const box = await map.boundingBox()
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 60)
    await page.mouse.down()
    await page.mouse.move((box?.x ?? 0) + 150, (box?.y ?? 0) + 90, { steps: 3 })
    await page.mouse.up()
    await expect.poll(() => picture(canvas)).not.toBe(before)
  })
})

test('words in chips stay within their frames, whatever figures they hold', async ({ page, open }) => {
  const plan = JSON.stringify([{ Plan: node('Seq Scan', 60, { 'Plan Rows': 11_110, 'Actual Rows': 10 }) }])
  await page.emulateMedia({ colorScheme: 'light' })
  await open(plan, 'tree')
  // Notes what is drawn: each text with its width where it stands, and the frame drawn before it.
  await page.evaluate(() => {
    const drawn: { text: string; width: number; frame: number }[] = []
    Object.assign(window, { drawn })
    const context = CanvasRenderingContext2D.prototype
    let frame = 0
    context.roundRect = new Proxy(Reflect.get(context, 'roundRect'), {
      apply: (draw, on, at) => {
        frame = Number(at[2])
        return Reflect.apply(draw, on, at)
      },
    })
    context.fillText = new Proxy(Reflect.get(context, 'fillText'), {
      apply: (draw, on: CanvasRenderingContext2D, at) => {
        const text = String(at[0])
        drawn.push({ text, width: on.measureText(text).width, frame })
        return Reflect.apply(draw, on, at)
      },
    })
  })
  await page.emulateMedia({ colorScheme: 'dark' })
  const room = () =>
    page.evaluate(() => {
      const { drawn } = window as unknown as { drawn: { text: string; width: number; frame: number }[] }
      const chip = drawn.find(({ text }) => text === '1,111× over')
      return chip === undefined ? undefined : chip.frame - chip.width
    })
  await expect.poll(room).toBeGreaterThanOrEqual(8)
})

test('both pictures are copied whole as SVG, and as PNG', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const copy = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Copy the plan' }).click()
    await page.getByRole('menuitem', { name, exact: true }).click()
    await expect(page.getByText(/^Copied /).last()).toBeVisible()
  }
  await open(join, 'tree')
  await copy('Whole tree as SVG')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('on customers')
  await copy('What is on screen as PNG')
  await expect
    .poll(() => page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types)))
    .toEqual(['image/png'])
  await page.keyboard.press('Alt+2')
  await copy('Whole flame as SVG')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Planning')
})

test.describe('the flame', () => {
  test('adds up to the statement, and tells what stands beside the tree', async ({ page, open }) => {
    const canvas = await open(join, 'flame')
    await pointAt(page, canvas, 'Planning')
    await expect(hoverCard(page)).toContainText('10 ms · 9.1 %')
    await pointAt(page, canvas, 'Unaccounted')
    await expect(hoverCard(page)).toContainText('10 ms · 9.1 %')
    await pointAt(page, canvas, 'Statement')
    await expect(hoverCard(page)).toContainText('110 ms · 100 %')
  })

  test('zooms into a node and back out, with the way there in words', async ({ page, open }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const canvas = await open(join, 'flame')
    await treeGrid(page).focus()
    await page.keyboard.press('End')
    await expect(selectedRow(page)).toContainText('customers')
    const before = await stillPicture(canvas)
    await page.keyboard.press('Enter')
    const way = page.getByRole('navigation', { name: 'Zoomed into' })
    await expect(way).toContainText('Seq Scan on customers')
    await expect.poll(() => picture(canvas)).not.toBe(before)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(way.locator('[aria-current]')).toHaveText('Hash')
    await way.getByRole('button', { name: 'All' }).click()
    await expect(way).toHaveCount(0)
    await expect.poll(() => picture(canvas)).toBe(before)
  })
})
