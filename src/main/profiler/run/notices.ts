import type { ServerNotice } from '#main/targets/index.ts'

const maxNotices = 100
const maxNoticeChars = 2_000

/** Server notices become notes of the run, up to a bound. */
export function collectNotices(notes: string[]): (notice: ServerNotice) => void {
  let count = 0
  return ({ severity, message }) => {
    count += 1
    if (count <= maxNotices) notes.push(`${severity}: ${message.slice(0, maxNoticeChars)}`)
    else if (count === maxNotices + 1)
      notes.push(`More than ${maxNotices} notices came; the rest is left out.`)
  }
}
