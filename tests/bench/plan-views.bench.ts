import { type Browser, chromium, type Page } from '@playwright/test'
import { findWholeChromium } from '#tests/support/chromium.ts'
import { startWebHost } from '#tests/support/web-host.ts'
import type { BenchRow } from './bench-row.ts'
import { buildDeepPlanText, buildPlanText } from './big-plan.ts'
import { drag, type Frames, zoom } from './measure-frames.ts'
import { servePev2 } from './pev2.ts'

const area = 'plan views'

/** What a viewer did with one plan. */
interface Figures {
  /** From the text to a picture that answers: drawn, and the page's own thread free again. */
  readonly interactiveMs: number
  /** In the second after that: work that was put off still keeps people waiting. */
  readonly busyAfterMs: number
  readonly drag: Frames
  readonly zoom: Frames
  readonly heapMiB: number
  readonly elements: number
}

interface Viewer {
  readonly name: string
  /** A page with the viewer loaded and no plan in it. */
  readonly open: () => Promise<Page>
  /** Ends whatever hangs. */
  readonly end: () => Promise<void>
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
const otherSizes: ReadonlySet<number> = new Set([1_000, 8_000])
const deepNodes = 5_000
/** Also measured in a page that has only just come. */
const hastyNodes = 1_000
/** Nothing of weight runs in a page whose turns are shorter. */
const calmMs = 12
/** Pages on which frames are counted, of those that are opened. */
const mostMoved = 3
/** Nobody waits longer; the run goes on without the figure. */
const longestShowMs = 60_000

/** Barograph and PEV2 on the same plans, one after the other in one run. */
export async function bench(): Promise<BenchRow[]> {
  const host = await startWebHost()
  const pev2 = await servePev2()
  const ours = openViewer('Barograph', showInBarograph, '[data-testid="plan-graph"]', async (page) => {
    await page.goto(host.url)
    await page.getByRole('button', { name: /Look at a plan or a log/ }).click()
    await page.getByRole('region', { name: 'Plans', exact: true }).waitFor()
  })
  const theirs = openViewer('PEV2', showInPev2, '.plan', async (page) => {
    await page.goto(pev2.url)
    await page.waitForFunction(() => 'showPlan' in window)
  })
  try {
    const rows: BenchRow[] = []
    for (const nodes of sizes) {
      const text = buildPlanText(nodes)
      const what = `${nodes} nodes`
      const figures = await measure(ours, text, nodes < 5_000 ? 5 : 3)
      rows.push(...toRows(ours.name, what, figures, budgetsMs.get(nodes)))
      if (otherSizes.has(nodes)) rows.push(...toRows(theirs.name, what, await measure(theirs, text, 1)))
      if (nodes === hastyNodes) rows.push(await measureHaste(ours, text))
    }
    rows.push(
      ...toRows(
        ours.name,
        `a chain ${deepNodes} nodes deep`,
        await measure(ours, buildDeepPlanText(deepNodes), 3),
      ),
    )
    return rows
  } finally {
    await ours.end()
    await theirs.end()
    await pev2.close()
    await host.stop()
  }
}

/** A viewer in a browser of its own, since a page that hangs can only be ended with its browser. */
function openViewer(
  name: string,
  show: Viewer['show'],
  surface: string,
  prepare: (page: Page) => Promise<void>,
): Viewer {
  let browser: Browser | undefined
  return {
    name,
    show,
    surface,
    async open() {
      const executablePath = findWholeChromium()
      browser ??= await chromium.launch(executablePath === undefined ? {} : { executablePath })
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await prepare(page)
      return page
    },
    async end() {
      const ending = browser
      browser = undefined
      await ending?.close()
    },
  }
}

const describe = ({ perSecond, longestMs }: Frames): string =>
  `${perSecond.toFixed(1)} frames/s, longest ${Math.round(longestMs)} ms`

function toRows(
  name: string,
  what: string,
  figures: Figures | undefined,
  budgetMs?: number,
): readonly BenchRow[] {
  const about = `${name}, ${what}`
  if (figures === undefined) {
    const figure = `more than ${longestShowMs / 1_000} s, given up`
    return [{ area, what: `${about}: text to interactive`, figure }]
  }
  const { interactiveMs, busyAfterMs, heapMiB, elements } = figures
  const held = (budget: string, holds: boolean): Pick<BenchRow, 'budget' | 'holds'> =>
    budgetMs === undefined ? {} : { budget, holds }
  const moved = (frames: Frames): Pick<BenchRow, 'figure' | 'budget' | 'holds'> => ({
    figure: describe(frames),
    ...held('60 frames/s', frames.perSecond >= 58),
  })
  return [
    {
      area,
      what: `${about}: text to interactive`,
      figure: `${Math.round(interactiveMs)} ms`,
      ...held(`${budgetMs} ms`, interactiveMs <= (budgetMs ?? 0)),
    },
    {
      area,
      what: `${about}: longest wait in the second after`,
      figure: `${Math.round(busyAfterMs)} ms`,
    },
    { area, what: `${about}: dragging`, ...moved(figures.drag) },
    { area, what: `${about}: zooming`, ...moved(figures.zoom) },
    {
      area,
      what: `${about}: heap, elements`,
      figure: `${Math.round(heapMiB)} MiB, ${elements}`,
      ...held('300 MiB', heapMiB <= 300),
    },
  ]
}

/** The median of several fresh pages, since a plan is parsed and drawn once; undefined where it takes too long. */
async function measure(viewer: Viewer, text: string, times: number): Promise<Figures | undefined> {
  const shown: { readonly interactiveMs: number; readonly busyAfterMs: number }[] = []
  const moved: Pick<Figures, 'drag' | 'zoom' | 'heapMiB' | 'elements'>[] = []
  for (let time = 0; time < times; time += 1) {
    const page = await viewer.open()
    page.setDefaultTimeout(longestShowMs)
    await rest(page)
    const interactiveMs = await within(longestShowMs, viewer.show(page, text))
    if (interactiveMs === undefined) {
      await viewer.end()
      return undefined
    }
    const busyAfterMs = await waitForCalm(page)
    shown.push({ interactiveMs, busyAfterMs })
    // Seconds of frames each: fewer of them tell as much.
    if (moved.length < mostMoved) {
      const dragged = await drag(page, viewer.surface)
      const zoomed = await zoom(page, viewer.surface)
      moved.push({ drag: dragged, zoom: zoomed, ...(await weigh(page)) })
    }
    await page.close()
  }
  const medianFrames = (frames: readonly Frames[]): Frames => ({
    perSecond: medianOf(frames.map(({ perSecond }) => perSecond)),
    longestMs: medianOf(frames.map(({ longestMs }) => longestMs)),
  })
  return {
    interactiveMs: medianOf(shown.map(({ interactiveMs }) => interactiveMs)),
    busyAfterMs: medianOf(shown.map(({ busyAfterMs }) => busyAfterMs)),
    drag: medianFrames(moved.map((figures) => figures.drag)),
    zoom: medianFrames(moved.map((figures) => figures.zoom)),
    heapMiB: medianOf(moved.map(({ heapMiB }) => heapMiB)),
    elements: medianOf(moved.map(({ elements }) => elements)),
  }
}

/** By whoever has the text at hand before the page is done with coming. */
async function measureHaste(viewer: Viewer, text: string): Promise<BenchRow> {
  const tookMs: number[] = []
  for (let time = 0; time < 5; time += 1) {
    const page = await viewer.open()
    tookMs.push(await viewer.show(page, text))
    await page.close()
  }
  return {
    area,
    what: `${viewer.name}, ${hastyNodes} nodes, pasted in the first moment of the page: text to interactive`,
    figure: `${Math.round(medianOf(tookMs))} ms`,
  }
}

/** A page that has come, as people find it who go and copy a plan: nothing is loaded or prepared any more. */
async function rest(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  for (let calmSeconds = 0, seconds = 0; calmSeconds < 2 && seconds < 10; seconds += 1)
    calmSeconds = (await waitForCalm(page)) < calmMs ? calmSeconds + 1 : 0
}

const medianOf = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0

/** Undefined where it takes longer; what hangs is ended with its browser. */
async function within(longestMs: number, answer: Promise<number>): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined
  const given = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), longestMs)
  })
  try {
    // The browser's end is told to a question that nobody waits for any more.
    return await Promise.race([answer.catch(() => undefined), given])
  } finally {
    clearTimeout(timer)
  }
}

/** The longest gap between two turns of the page's own thread in the next second. */
function waitForCalm(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const startedAtMs = performance.now()
    let longestMs = 0
    for (let at = startedAtMs; at - startedAtMs < 1_000; ) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      const now = performance.now()
      longestMs = Math.max(longestMs, now - at)
      at = now
    }
    return longestMs
  })
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

async function weigh(page: Page): Promise<Pick<Figures, 'heapMiB' | 'elements'>> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const bytes = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  const elements = await page.evaluate(() => document.querySelectorAll('*').length)
  return { heapMiB: bytes / 1_048_576, elements }
}
