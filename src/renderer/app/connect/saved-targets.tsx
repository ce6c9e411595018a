import { Database, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { client } from '#renderer/client/index.ts'
import { ConfirmDialog, IconButton } from '#renderer/kit/index.ts'
import { loadTargets, notifyError, useTargets } from '#renderer/state/index.ts'
import type { SavedTarget } from '#shared/session/index.ts'
import { describeSettings } from './describe-settings.ts'

export interface SavedTargetsProps {
  readonly activeId: string | undefined
  readonly onSelect: (target: SavedTarget | undefined) => void
}

export function SavedTargets({ activeId, onSelect }: SavedTargetsProps) {
  const saved = useTargets((store) => store.saved) ?? []
  const [asked, setAsked] = useState<SavedTarget>()
  const remove = async (target: SavedTarget) => {
    await client.targets.remove({ targetId: target.targetId })
    if (target.targetId === activeId) onSelect(undefined)
    await loadTargets()
  }
  const row =
    'flex w-full min-w-0 items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-surface-3 aria-[current=true]:bg-surface-3'
  return (
    <div className="min-h-0 overflow-auto border-r border-line bg-surface-2 p-1.5">
      <button
        type="button"
        aria-current={activeId === undefined}
        className={row}
        onClick={() => onSelect(undefined)}
      >
        <Plus size={14} aria-hidden className="shrink-0 text-ink-3" />
        New connection
      </button>
      {saved.length > 0 && <h3 className="px-2 pt-2.5 pb-1 text-xs text-ink-3">Saved</h3>}
      <ul aria-label="Saved targets">
        {saved.map((target) => (
          <li key={target.targetId} className="group relative">
            <button
              type="button"
              aria-current={target.targetId === activeId}
              className={`${row} pr-8`}
              onClick={() => onSelect(target)}
            >
              <Database size={14} aria-hidden className="shrink-0 text-ink-3" />
              <span className="min-w-0">
                <span className="block truncate">{target.name}</span>
                <span className="block truncate text-xs text-ink-3">{describeSettings(target.settings)}</span>
              </span>
            </button>
            <IconButton
              label={`Remove ${target.name}`}
              icon={Trash2}
              className="absolute top-1.5 right-1 opacity-0 group-hover:opacity-100 group-has-focus-visible:opacity-100"
              onClick={() => setAsked(target)}
            />
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={(open) => {
          if (!open) setAsked(undefined)
        }}
        title={`Remove ${asked?.name ?? ''}?`}
        consequence={
          asked?.hasSecret === true
            ? 'Its settings and its password in the keychain are forgotten. The server is not touched.'
            : 'Its settings are forgotten. The server is not touched.'
        }
        action="Remove"
        onConfirm={() => {
          if (asked !== undefined) remove(asked).catch(notifyError)
        }}
      />
    </div>
  )
}
