/** A moment in local time, to the minute, sortable by eye: `2026-11-21 09:05`. */
export function formatMoment(epochMs: number): string {
  const date = new Date(epochMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** How long something has gone on: `00:12:33`. */
export function formatStopwatch(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  const part = (value: number) => String(value).padStart(2, '0')
  return `${part(Math.floor(seconds / 3_600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`
}
