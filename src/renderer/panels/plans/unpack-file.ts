/** What a gzip file begins with (RFC 1952, 2.3.1). */
const gzipMark = [0x1f, 0x8b]

export async function isPacked(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, gzipMark.length).arrayBuffer())
  return gzipMark.every((byte, at) => start[at] === byte)
}

/**
 * What a gzip file holds, under its name without `.gz`. The browser keeps it, on disk where it is large: the plans of a
 * log are read again by their place in it.
 * @throws TypeError if it is damaged or cut off
 */
export async function unpackFile(file: File): Promise<File> {
  const content = new Response(file.stream().pipeThrough(new DecompressionStream('gzip')))
  const name = file.name.replace(/\.gz$/i, '')
  return new File([await content.blob()], name, { lastModified: file.lastModified })
}
