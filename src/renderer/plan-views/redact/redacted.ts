import { useMemo } from 'react'
import { create } from 'zustand'
import { createRedactor, type Redaction } from '#shared/plan/index.ts'
import { buildDocument, type PlanDocument } from '../document.ts'

/** A plan with its names and values replaced, and what stands for what. */
export interface RedactedPlan {
  readonly document: PlanDocument
  /** Stays in this window. */
  readonly mapping: readonly Redaction[]
}

/** Which plans are shown redacted, by the document's id. */
const useRedactedIds = create<{ readonly ids: ReadonlySet<string> }>(() => ({ ids: new Set() }))

const made = new WeakMap<PlanDocument, RedactedPlan>()

export function redactDocument(document: PlanDocument): RedactedPlan {
  const known = made.get(document)
  if (known !== undefined) return known
  const redactor = createRedactor()
  const raw = redactor.plan(document.raw)
  const statement = document.statement === undefined ? undefined : redactor.text(document.statement)
  const { id, blockBytes } = document
  const redacted = {
    document: buildDocument({ id, raw, statement, blockBytes }),
    mapping: redactor.mapping(),
  }
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
  return useMemo(() => (isRedacted ? redactDocument(document).document : document), [document, isRedacted])
}
