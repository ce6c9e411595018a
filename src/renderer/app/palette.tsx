import { Command as Cmdk } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useRef } from 'react'
import { Kbd, useReturnFocus } from '#renderer/kit/index.ts'
import { type Command, commandKeys, runCommand, useCommandList } from '#renderer/state/index.ts'
import { groupCommands } from './group-commands.ts'
import { matchCommand } from './match-command.ts'

export interface PaletteProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Every command by name, with its key. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <PaletteContent onChosen={() => onOpenChange(false)} />
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteContent({ onChosen }: { readonly onChosen: () => void }) {
  const returnFocus = useReturnFocus()
  const chosen = useRef<Command>(undefined)
  // A command begins where its user was: run earlier, the focus that comes back would take it from what the command
  // gave it to, and close what closes without it.
  const leave = (event: Event) => {
    returnFocus(event)
    if (chosen.current !== undefined) runCommand(chosen.current.id)
  }
  return (
    <Dialog.Content
      aria-describedby={undefined}
      onCloseAutoFocus={leave}
      className="fixed top-[12vh] left-1/2 z-40 flex max-h-[min(480px,72vh)] w-150 max-w-[calc(100vw-48px)] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-line-strong bg-surface-2 shadow-float focus:outline-none"
    >
      <Dialog.Title className="sr-only">Commands</Dialog.Title>
      <Commands
        onChoose={(command) => {
          chosen.current = command
          onChosen()
        }}
      />
    </Dialog.Content>
  )
}

function Commands({ onChoose }: { readonly onChoose: (command: Command) => void }) {
  const commands = useCommandList((store) => store.commands)
  const offered = commands.filter((command) => command.id !== 'app.palette')
  return (
    <Cmdk
      label="Commands"
      loop
      filter={(_id, search, [title = '', ...more] = []) => matchCommand(search, title, more.join(' '))}
      className="flex min-h-0 flex-col"
    >
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Search size={16} aria-hidden className="shrink-0 text-ink-3" />
        <Cmdk.Input
          placeholder="What do you want to do?"
          className="h-11 min-w-0 flex-1 bg-transparent text-lg outline-none"
        />
      </div>
      <Cmdk.List className="min-h-0 overflow-auto p-1.5">
        <Cmdk.Empty className="px-3 py-6 text-center text-ink-2">No command is called that.</Cmdk.Empty>
        {groupCommands(offered).map(({ group, commands: members }) => (
          <Cmdk.Group
            key={group}
            heading={group}
            className="[&>[cmdk-group-heading]]:px-2 [&>[cmdk-group-heading]]:pt-2 [&>[cmdk-group-heading]]:pb-0.5 [&>[cmdk-group-heading]]:text-xs [&>[cmdk-group-heading]]:text-ink-3"
          >
            {members.map((command) => (
              <Cmdk.Item
                key={command.id}
                value={command.id}
                keywords={[command.title, command.group, command.find ?? '']}
                disabled={command.enabled === false}
                onSelect={() => onChoose(command)}
                className="flex h-7.5 items-center gap-3 rounded-sm px-2 data-[disabled=true]:text-ink-3 data-[disabled=true]:opacity-60 data-[selected=true]:bg-surface-3"
              >
                <span className="min-w-0 flex-1 truncate">{command.title}</span>
                {commandKeys(command)
                  .slice(0, 1)
                  .map((keys) => (
                    <Kbd key={keys} keys={keys} />
                  ))}
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
        ))}
      </Cmdk.List>
    </Cmdk>
  )
}
