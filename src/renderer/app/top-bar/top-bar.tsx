import { Keyboard, PanelRight, Search } from 'lucide-react'
import { IconButton, Kbd } from '#renderer/kit/index.ts'
import { openDialog } from '../dialogs.ts'
import { useInspectorPlace } from '../inspector-place.ts'
import { CapabilitiesButton } from './capabilities-button.tsx'
import { RecordMenu } from './record-menu.tsx'
import { SessionMenu } from './session-menu.tsx'
import { StoriesPopover } from './stories-popover.tsx'
import { TargetMenu } from './target-menu.tsx'
import { ThemeMenu } from './theme-menu.tsx'

/** What is looked at (server, session), the way to everything else, and how it looks. */
export function TopBar() {
  const inspector = useInspectorPlace()
  return (
    <header className="flex min-w-0 items-center gap-1 border-b border-line bg-surface-1 px-2">
      <TargetMenu />
      <CapabilitiesButton />
      <Rule />
      <SessionMenu />
      <RecordMenu />
      <StoriesPopover />
      <button
        type="button"
        onClick={() => openDialog({ kind: 'palette' })}
        className="flex ml-auto h-7 min-w-0 max-w-80 flex-[1_1_136px] items-center gap-2 rounded-md border border-line-strong bg-surface-0 pr-1.5 pl-2.5 text-ink-3 hover:border-control"
      >
        <Search size={14} aria-hidden className="shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">Search commands…</span>
        <span className="shrink-0 max-[900px]:hidden">
          <Kbd keys="mod+k" />
        </span>
      </button>
      <div className="ml-1 flex shrink-0 items-center">
        <ThemeMenu />
        <IconButton label="All keys" keys="?" icon={Keyboard} onClick={() => openDialog({ kind: 'keys' })} />
        <IconButton
          label="Inspector"
          keys="mod+b"
          icon={PanelRight}
          pressed={inspector.isShown}
          onClick={inspector.toggle}
        />
      </div>
    </header>
  )
}

function Rule() {
  return <span aria-hidden className="mx-1 h-4 w-px shrink-0 bg-line-strong" />
}
