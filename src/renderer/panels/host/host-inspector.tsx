import { EyeOff } from 'lucide-react'
import { Button, type Definition, DefinitionList } from '#renderer/kit/index.ts'
import { processColumns } from './process-columns.tsx'
import { removeWatch, useWatches } from './watches-state.ts'

const words = {
  server: 'Processes of the server, by what their titles say.',
  workbench: 'This workbench: what it takes is part of what the machine does.',
  watched: 'A process tree that you chose, on the workbench’s machine.',
} as const

/** Everything that is known of the selected row, each figure with its origin. */
export function HostInspector() {
  const row = useWatches((state) => state.selected)
  if (row === undefined) return null
  const { watchId } = row
  const facts = processColumns(0).flatMap(({ id, title, origin, text }): Definition[] =>
    id === 'name' || id === 'kind' ? [] : [{ term: title, value: text(row), title: origin }],
  )
  return (
    <div className="flex flex-col gap-3 p-3">
      <div>
        <h2 className="font-semibold break-words select-text">{row.name}</h2>
        <p className="text-ink-3 text-sm">{words[row.kind]}</p>
      </div>
      <DefinitionList items={facts} />
      {watchId !== undefined && (
        <div>
          <Button icon={EyeOff} onClick={() => removeWatch(watchId)}>
            Watch no more
          </Button>
        </div>
      )}
    </div>
  )
}
