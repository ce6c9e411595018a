import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '#tests/support/chromium.ts'
import { startWebHost } from '#tests/support/web-host.ts'
import type { BenchRow } from './bench-row.ts'
import { buildPlanText } from './big-plan.ts'
import { servePev2 } from './pev2.ts'

const area = 'plan views'

/** What a viewer did with one plan. */
interface Figures {
  /** From the text to a picture that answers: drawn, and the page's own thread free again. */
  readonly interactiveMs: number
  /** While the picture is dragged. */
  readonly framesPerSecond: number
  readonly longestFrameMs: number
  readonly heapMiB: number
  readonly elements: number
}

interface Viewer {
  readonly name: string
  /** A page with the viewer loaded and no plan in it. */
  readonly open: (browser: Browser) => Promise<Page>
  /** Shows a plan; answers the milliseconds until it is interactive. */
  readonly show: (page: Page, text: string) => Promise<number>
  /** What is dragged. */
  readonly surface: string
}

/** Budgets of the design, by nodes. */
const budgetsMs: ReadonlyMap<number, number> = new Map([
  [1_000, 150],
  [8_000, 400],
])
const sizes = [10, 100, 1_000, 8_000] as const
/** PEV2 needs minutes for more. */
const otherSizes: ReadonlySet<number> = new Set([1_000, 8_000])

/** Barograph and PEV2 on the same plans, one after the other in one run. */
export async function bench(): Promise<BenchRow[]> {
  const host = await startWebHost()
  const pev2 = await servePev2()
  const executablePath = findChromium()
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  const ours: Viewer = {
    name: 'Barograph',
    surface: '[data-testid="plan-graph"]',
    async open() {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(host.url)
      await page.getByRole('button', { name: /Look at a plan or a log/ }).click()
      await page.getByRole('region', { name: 'Plans', exact: true }).waitFor()
      return page
    },
    show: showInBarograph,
  }
  const theirs: Viewer = {
    name: 'PEV2',
    surface: '.plan-container, #plan',
    async open() {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(pev2.url)
      await page.waitForFunction(() => 'showPlan' in window)
      return page
    },
    show: showInPev2,
  }
  try {
    const rows: BenchRow[] = []
    for (const nodes of sizes) {
      const text = buildPlanText(nodes)
      const figures = await measure(ours, browser, text, nodes < 5_000 ? 5 : 3)
      rows.push(...toRows(ours.name, nodes, figures, budgetsMs.get(nodes)))
      if (!otherSizes.has(nodes)) continue
      rows.push(...toRows(theirs.name, nodes, await measure(theirs, browser, text, 1)))
    }
    return rows
  } finally {
    await browser.close()
    await pev2.close()
    await host.stop()
  }
}

function toRows(name: string, nodes: number, figures: Figures, budgetMs?: number): readonly BenchRow[] {
  const { interactiveMs, framesPerSecond, longestFrameMs, heapMiB, elements } = figures
  const isOurs = name === 'Barograph'
  return [
    {
      area,
      what: `${name}, ${nodes} nodes: text to interactive`,
      figure: `${Math.round(interactiveMs)} ms`,
      ...(budgetMs === undefined ? {} : { budget: `${budgetMs} ms`, holds: interactiveMs <= budgetMs }),
    },
    {
      area,
      what: `${name}, ${nodes} nodes: dragging`,
      figure: `${framesPerSecond.toFixed(1)} frames/s, longest ${Math.round(longestFrameMs)} ms`,
      ...(isOurs && budgetMs !== undefined ? { budget: '60 frames/s', holds: framesPerSecond >= 58 } : {}),
    },
    {
      area,
      what: `${name}, ${nodes} nodes: heap, elements`,
      figure: `${Math.round(heapMiB)} MiB, ${elements}`,
      ...(isOurs && budgetMs !== undefined ? { budget: '300 MiB', holds: heapMiB <= 300 } : {}),
    },
  ]
}

/** The median of several fresh pages, since a plan is parsed and drawn once. */
async function measure(viewer: Viewer, browser: Browser, text: string, times: number): Promise<Figures> {
  const all: Figures[] = []
  for (let time = 0; time < times; time += 1) {
    const page = await viewer.open(browser)
    page.setDefaultTimeout(180_000)
    const interactiveMs = await viewer.show(page, text)
    const frames = await drag(page, viewer.surface)
    all.push({ interactiveMs, ...frames, ...(await weigh(page)) })
    await page.close()
  }
  const median = (pick: (figures: Figures) => number): number =>
    all.map(pick).toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
  return {
    interactiveMs: median((figures) => figures.interactiveMs),
    framesPerSecond: median((figures) => figures.framesPerSecond),
    longestFrameMs: median((figures) => figures.longestFrameMs),
    heapMiB: median((figures) => figures.heapMiB),
    elements: median((figures) => figures.elements),
  }
}

/** The plan arrives by the clipboard, as a person brings it. */
function showInBarograph(page: Page, text: string): Promise<number> {
  return page.evaluate(async (pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const startedAtMs = performance.now()
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
    while (document.querySelector('[data-testid="plan-graph"][data-drawn="true"]') === null)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    await new Promise((resolve) => setTimeout(resolve, 0))
    return performance.now() - startedAtMs
  }, text)
}

function showInPev2(page: Page, text: string): Promise<number> {
  return page.evaluate(async (source) => {
    const startedAtMs = performance.now()
    window.showPlan(source)
    // Its nodes are in the page with the next frame; the one after that has painted them.
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
    await new Promise((resolve) => setTimeout(resolve, 0))
    return performance.now() - startedAtMs
  }, text)
}

const dragSteps = 60

/** Drags the picture about and counts the frames that the page got drawn meanwhile. */
async function drag(
  page: Page,
  surface: string,
): Promise<Pick<Figures, 'framesPerSecond' | 'longestFrameMs'>> {
  const box = await page.locator(surface).first().boundingBox()
  if (box === null) return { framesPerSecond: 0, longestFrameMs: 0 }
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.evaluate(() => {
    const frames: number[] = []
    const count = (): void => {
      frames.push(performance.now())
      requestAnimationFrame(count)
    }
    requestAnimationFrame(count)
    Object.assign(window, { frames })
  })
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.down()
  for (let step = 0; step < dragSteps; step += 1) {
    const turn = (step / dragSteps) * Math.PI * 4
    await page.mouse.move(middle.x + Math.cos(turn) * 150, middle.y + Math.sin(turn) * 100)
  }
  await page.mouse.up()
  return page.evaluate(() => {
    const { frames } = window as unknown as { readonly frames: readonly number[] }
    const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
    const tookMs = (frames.at(-1) ?? 0) - (frames[0] ?? 0)
    return {
      framesPerSecond: tookMs <= 0 ? 0 : (gaps.length * 1_000) / tookMs,
      longestFrameMs: Math.max(0, ...gaps),
    }
  })
}

async function weigh(page: Page): Promise<Pick<Figures, 'heapMiB' | 'elements'>> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const bytes = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  const elements = await page.evaluate(() => document.querySelectorAll('*').length)
  return { heapMiB: bytes / 1_048_576, elements }
}
