import type { ReactNode } from 'react'
import { Dialog, Kbd } from '#renderer/kit/index.ts'
import { commandKeys, useCommandList } from '#renderer/state/index.ts'
import { groupCommands } from './group-commands.ts'

export interface KeysDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Keys that are no commands: they belong to whatever has the focus. */
const manners: readonly { readonly title: string; readonly keys: readonly string[] }[] = [
  { title: 'Walk tables, trees, tabs and menus', keys: ['up', 'down', 'left', 'right'] },
  { title: 'Next and previous area', keys: ['tab', 'shift+tab'] },
  { title: 'Copy a table’s row, or all of them', keys: ['mod+c', 'mod+shift+c'] },
  { title: 'Close a dialog or a menu', keys: ['escape'] },
  { title: 'Size of panes, on a divider', keys: ['left', 'right'] },
]

export function KeysDialog({ open, onOpenChange }: KeysDialogProps) {
  const commands = useCommandList((store) => store.commands)
  const groups = groupCommands(commands.filter((command) => command.keys !== undefined))
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" width="wide">
      <div className="columns-2 gap-8">
        {groups.map(({ group, commands: members }) => (
          <Section key={group} title={group}>
            {members.map((command) => (
              <Row key={command.id} title={command.title} keys={commandKeys(command)} />
            ))}
          </Section>
        ))}
        <Section title="Everywhere">
          {manners.map(({ title, keys }) => (
            <Row key={title} title={title} keys={keys} />
          ))}
        </Section>
      </div>
    </Dialog>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1 text-xs text-ink-3">{title}</h3>
      <dl>{children}</dl>
    </section>
  )
}

function Row({ title, keys }: { readonly title: string; readonly keys: readonly string[] }) {
  return (
    <div className="flex min-h-(--row) items-center gap-3 border-b border-line last:border-b-0">
      <dt className="min-w-0 flex-1">{title}</dt>
      <dd className="flex gap-1">
        {keys.map((combination) => (
          <Kbd key={combination} keys={combination} />
        ))}
      </dd>
    </div>
  )
}
