import { useMemo } from 'react'
import { buildDocument, type PlanDocument } from '#renderer/plan-views/index.ts'
import { useServer } from '#renderer/state/index.ts'
import { documentId, type OpenedText, useOpened } from './opened.ts'

/** Documents are made once a plan, however many parts of the screen ask. */
const made = new WeakMap<object, PlanDocument>()

function recall(opened: OpenedText, index: number, blockBytes: number | undefined): PlanDocument | undefined {
  const found = opened.found[index]
  if (found === undefined) return undefined
  const known = made.get(found.raw)
  const id = documentId(opened, index)
  if (known !== undefined && known.id === id && known.blockBytes === (blockBytes ?? known.blockBytes))
    return known
  const document = buildDocument({
    id,
    raw: found.raw,
    statement: found.statement ?? opened.statement,
    blockBytes,
  })
  made.set(found.raw, document)
  return document
}

/** The plan on screen. */
export function useShownDocument(): PlanDocument | undefined {
  const shown = useOpened((store) => store.shown)
  const blockBytes = useServer()?.blockBytes
  return useMemo(
    () => (shown.kind === 'plans' ? recall(shown.opened, shown.index, blockBytes) : undefined),
    [shown, blockBytes],
  )
}
