import { cssColour } from '#renderer/charts/index.ts'
import type { MarkerKind } from '#shared/session/index.ts'
import { type MarkerShape, markerLooks } from './marker-looks.ts'

const signs: Readonly<Record<MarkerShape, string>> = {
  diamond: '◆',
  disc: '●',
  ring: '○',
  square: '■',
  up: '▲',
  right: '▶',
  cross: '✕',
  bar: '❙',
  shade: '▨',
}

/** A mark's sign within words. */
export function MarkerSign({ kind }: { readonly kind: MarkerKind }) {
  const { shape, colour } = markerLooks[kind]
  return (
    <span
      aria-hidden="true"
      className="w-3 shrink-0 text-center text-xs"
      style={{ color: cssColour(colour) }}
    >
      {signs[shape]}
    </span>
  )
}
