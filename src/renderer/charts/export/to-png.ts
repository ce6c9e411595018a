/** Twice as many pixels as on screen: pictures end up in documents. */
const ratio = 2

/** Draws a picture that was written as SVG. */
export async function chartToPng(svg: string): Promise<Blob> {
  const image = new Image()
  const loaded = new Promise<void>((resolve, reject) => {
    image.addEventListener('load', () => resolve())
    image.addEventListener('error', () =>
      reject(new Error('The picture could not be drawn; copy it as SVG instead.')),
    )
  })
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await loaded
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * ratio
  canvas.height = image.naturalHeight * ratio
  const context = canvas.getContext('2d')
  context?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The picture is too large for PNG; copy it as SVG instead.'))
      else resolve(blob)
    }, 'image/png')
  })
}
