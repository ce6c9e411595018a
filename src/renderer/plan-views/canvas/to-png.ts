import type { Size } from './viewport.ts'

/** Beyond this, browsers refuse a canvas or programs refuse the picture. */
const mostSidePx = 8_192
const mostPixels = 32_000_000

/** Pixels a CSS pixel that a picture can have: as wanted, or as many as its size allows. */
export function pngRatio({ width, height }: Size, wanted: number): number {
  const side = mostSidePx / Math.max(width, height, 1)
  const area = Math.sqrt(mostPixels / Math.max(1, width * height))
  return Math.min(wanted, side, area)
}

/**
 * Draws a picture of this size into a PNG.
 * @param paint on a context in CSS pixels; `ratio` is how many pixels one has
 * @throws where the browser gives no canvas of that size
 */
export async function toPng(
  size: Size,
  wantedRatio: number,
  paint: (context: CanvasRenderingContext2D, ratio: number) => void,
): Promise<Blob> {
  const ratio = pngRatio(size, wantedRatio)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(size.width * ratio))
  canvas.height = Math.max(1, Math.round(size.height * ratio))
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('There is no canvas of this size; copy the picture as SVG instead.')
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  paint(context, ratio)
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The picture is too large for PNG; copy it as SVG instead.'))
      else resolve(blob)
    }, 'image/png')
  })
}
