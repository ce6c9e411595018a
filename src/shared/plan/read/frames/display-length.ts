/** Characters as a terminal counts them: a letter beyond the basic plane is one. */
export const displayLength = (text: string): number => {
  let length = 0
  for (const _ of text) length += 1
  return length
}
