/** Enough of a file to tell text from what is none. */
const sniffedBytes = 4_096

/**
 * The text of a file, in UTF-8, or in the UTF-16 that Windows PowerShell redirects output to.
 * @returns undefined for a file that is no text, such as a picture or an archive
 */
export async function readFileText(file: Blob): Promise<string | undefined> {
  const [first, second, ...rest] = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())
  const isLittle = first === 0xff && second === 0xfe
  if (isLittle || (first === 0xfe && second === 0xff)) {
    return new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(await file.arrayBuffer())
  }
  return [first, second, ...rest].includes(0) ? undefined : await file.text()
}
