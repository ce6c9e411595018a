import { useMemo } from 'react'
import { create } from 'zustand'
import { createRedactor, type Redaction } from '#shared/plan/index.ts'
import { buildDocument, type PlanDocument } from '../document.ts'

/** Which plans are shown redacted, by the document's id. */
const useRedactedIds = create<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }))

const made = new WeakMap<PlanDocument, PlanDocument>()

/** One for the window: a name is the same word in every plan, so that two redacted plans can be compared. */
const redactor = createRedactor()

/** The same plan with words for its names; the same one every time. */
export function redactDocument(document: PlanDocument): PlanDocument {
  const known = made.get(document)
  if (known !== undefined) return known
  const raw = redactor.plan(document.raw)
  const statement = document.statement === undefined ? undefined : redactor.text(document.statement)
  const { id, blockBytes } = document
  const redacted = buildDocument({ id, raw, statement, blockBytes })
  made.set(document, redacted)
  return redacted
}

export function setRedacted(documentId: string, on: boolean): void {
  useRedactedIds.setState(({ ids }) => {
    const next = new Set(ids)
    if (on) next.add(documentId)
    else next.delete(documentId)
    return { ids: next }
  })
}

export function useIsRedacted(documentId: string): boolean {
  return useRedactedIds(({ ids }) => ids.has(documentId))
}

/** The document as it is to be shown: as it is, or redacted where the user asked for that. */
export function useRedactable(document: PlanDocument): PlanDocument {
  const isRedacted = useIsRedacted(document.id)
  return useMemo(() => (isRedacted ? redactDocument(document) : document), [document, isRedacted])
}

/** What stands for what in everything redacted so far. It stays in this window. */
export function listRedactions(): readonly Redaction[] {
  return redactor.mapping()
}
