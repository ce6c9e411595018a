import type { Page } from '@playwright/test'

/** How a picture keeps up while it is moved. */
export interface Frames {
  readonly perSecond: number
  readonly longestMs: number
}

/** As long as a person drags to look around. */
const movedMs = 2_100

async function countWhile(page: Page, move: (step: number) => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const frames: number[] = []
    const state = { frames, counting: true }
    const count = (): void => {
      frames.push(performance.now())
      if (state.counting) requestAnimationFrame(count)
    }
    requestAnimationFrame(count)
    Object.assign(window, { frameCount: state })
  })
  const startedAtMs = performance.now()
  for (let step = 0; performance.now() - startedAtMs < movedMs; step += 1) await move(step)
  return page.evaluate(() => {
    const state = (
      window as unknown as { readonly frameCount: { readonly frames: number[]; counting: boolean } }
    ).frameCount
    state.counting = false
    const { frames } = state
    const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
    const tookMs = (frames.at(-1) ?? 0) - (frames[0] ?? 0)
    return {
      perSecond: tookMs <= 0 ? 0 : (gaps.length * 1_000) / tookMs,
      longestMs: Math.max(0, ...gaps),
    }
  })
}

async function middleOf(page: Page, surface: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator(surface).first().boundingBox()
  if (box === null) throw new Error(`there is no ${surface} to move`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Drags the picture in circles. */
export async function drag(page: Page, surface: string): Promise<Frames> {
  const { x, y } = await middleOf(page, surface)
  await page.mouse.move(x, y)
  await page.mouse.down()
  const frames = await countWhile(page, (step) =>
    page.mouse.move(x + Math.cos(step / 8) * 150, y + Math.sin(step / 8) * 100),
  )
  await page.mouse.up()
  return frames
}

/** Zooms out until most of the plan is in sight, and in again, over and over. */
export async function zoom(page: Page, surface: string): Promise<Frames> {
  const { x, y } = await middleOf(page, surface)
  await page.mouse.move(x, y)
  await page.keyboard.down('Control')
  const frames = await countWhile(page, (step) => page.mouse.wheel(0, step % 60 < 30 ? 20 : -20))
  await page.keyboard.up('Control')
  return frames
}
