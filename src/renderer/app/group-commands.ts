import type { Command } from '#renderer/state/index.ts'

export interface CommandGroup {
  readonly group: string
  readonly commands: readonly Command[]
}

/** The frame's groups come last: what a panel offers is nearer to what one is doing. */
const last = ['Time', 'Target', 'Demo', 'Session', 'View', 'Help']

export function groupCommands(commands: readonly Command[]): readonly CommandGroup[] {
  const groups = new Map<string, Command[]>()
  for (const command of commands) {
    const members = groups.get(command.group)
    if (members === undefined) groups.set(command.group, [command])
    else members.push(command)
  }
  return [...groups]
    .map(([group, members]) => ({ group, commands: members }))
    .sort((a, b) => last.indexOf(a.group) - last.indexOf(b.group))
}
