import { useLayoutEffect, useRef } from 'react'
import { create } from 'zustand'

/** Something that can be done now, from the palette or by its keys. */
export interface Command {
  /** `query.run` */
  readonly id: string
  /** A verb first: "Run statement". */
  readonly title: string
  /** Heading in the palette: "Query". */
  readonly group: string
  /** `mod+enter`; several where people expect several. The first is shown. */
  readonly keys?: string | readonly string[]
  readonly enabled?: boolean
  /** Further words to find it by. */
  readonly find?: string
  /** Runs again and again while its keys are held down: a step, not an act. */
  readonly repeats?: boolean
  readonly run: () => void
}

interface CommandStore {
  /** In order of registration. */
  readonly commands: readonly Command[]
}

export const useCommandList = create<CommandStore>(() => ({ commands: [] }))

const registered = new Map<symbol, readonly Command[]>()
/** What `run` is now, by id: commands keep their place in the list while their closures change. */
const handlers = new Map<string, () => void>()

/** Offers commands while the component is there: `useCommands([{ id: 'query.run', … }])`. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useRef(Symbol('commands'))
  // With the drawing, not after it: what is on screen has its keys from the first moment.
  useLayoutEffect(() => {
    for (const command of commands) handlers.set(command.id, command.run)
    if (sameFaces(registered.get(owner.current), commands)) return
    registered.set(owner.current, commands)
    publish()
  })
  useLayoutEffect(() => {
    const me = owner.current
    return () => {
      for (const command of registered.get(me) ?? []) handlers.delete(command.id)
      registered.delete(me)
      publish()
    }
  }, [])
}

/** Runs a command if it is there and enabled. */
export function runCommand(id: string): boolean {
  const command = useCommandList.getState().commands.find((candidate) => candidate.id === id)
  const run = handlers.get(id)
  if (command === undefined || command.enabled === false || run === undefined) return false
  run()
  return true
}

export function commandKeys(command: Pick<Command, 'keys'>): readonly string[] {
  if (command.keys === undefined) return []
  return typeof command.keys === 'string' ? [command.keys] : command.keys
}

function publish(): void {
  useCommandList.setState({ commands: [...registered.values()].flat() })
}

function sameFaces(known: readonly Command[] | undefined, next: readonly Command[]): boolean {
  const face = ({ id, title, group, keys, enabled, find, repeats }: Command) =>
    JSON.stringify([id, title, group, keys, enabled, find, repeats])
  return (
    known !== undefined &&
    known.length === next.length &&
    known.every((c, i) => face(c) === face(next[i] ?? c))
  )
}
