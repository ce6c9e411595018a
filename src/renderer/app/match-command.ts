/**
 * How well a command fits what was typed: 0 = not at all. Every word has to be somewhere in the title or the words to
 * find it by; titles count more, their beginning most.
 */
export function matchCommand(search: string, title: string, more: string): number {
  const text = title.toLowerCase()
  const other = more.toLowerCase()
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.every((word) => text.includes(word) || other.includes(word))) return 0
  if (text.startsWith(words.join(' '))) return 1
  return words.every((word) => text.includes(word)) ? 0.8 : 0.5
}
