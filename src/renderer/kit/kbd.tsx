import { keyCaps, keyStyle } from './keys.ts'

/** A key combination as caps: `<Kbd keys="mod+shift+enter" />`. */
export function Kbd({ keys, bare = false }: { readonly keys: string; readonly bare?: boolean }) {
  const style = keyStyle()
  const text = keyCaps(keys, style).join(style === 'signs' ? '' : ' ')
  if (bare) return <kbd className="font-sans text-xs">{text}</kbd>
  return (
    <kbd className="rounded-sm border border-line-strong bg-surface-1 px-1 font-sans text-xs whitespace-nowrap text-ink-3">
      {text}
    </kbd>
  )
}
