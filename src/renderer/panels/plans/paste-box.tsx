import { FileUp } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, ErrorNote, TextArea } from '#renderer/kit/index.ts'
import { looksLikePlan } from './looks-like-plan.ts'
import { openFiles, openText } from './open-plans.ts'
import type { RefusedText } from './opened.ts'

/** A browser lays out a text of megabytes only with a stutter: a refused one is shown from its start. */
const shownChars = 200_000

/** The place to paste a plan, and where a text that is none stays with what is wrong with it. */
export function PasteBox({
  draft,
  refused,
}: {
  readonly draft: string
  readonly refused: RefusedText | undefined
}) {
  const [text, setText] = useState(draft.slice(0, shownChars))
  const area = useRef<HTMLTextAreaElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const isWhole = text.length < shownChars || draft.length <= shownChars

  useEffect(() => {
    const { line } = refused?.error ?? {}
    if (line !== undefined) revealLine(area.current, line)
  }, [refused])

  // Pasted beside the box it is meant for it: a plan is taken from there anyway, and what is none is told so.
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const pasted = event.clipboardData?.getData('text/plain') ?? ''
      const isForField = event.target instanceof Element && event.target.closest('input, textarea') !== null
      if (event.defaultPrevented || isForField || pasted.trim() === '' || looksLikePlan(pasted)) return
      event.preventDefault()
      openText({ text: pasted, source: 'paste' })
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])

  const open = (): void => openText({ text: isWhole ? text : draft, source: 'paste' })
  return (
    <div className="flex h-full min-h-0 flex-col gap-3 overflow-auto p-4">
      {refused === undefined ? (
        <header>
          <h2 className="font-semibold text-lg">Look at a plan</h2>
          <p className="max-w-170 text-balance text-ink-2">
            Paste what EXPLAIN said, as text, JSON, YAML or XML, out of psql, pgAdmin, DBeaver, a log or a
            chat. Or drop files anywhere: plans, or a server log of any size.
          </p>
        </header>
      ) : (
        <ErrorNote
          title={`${refused.name} can’t be read as a plan`}
          message={refused.error.message}
          advice={
            refused.text.trim() === ''
              ? 'Paste the plan below, or open another file.'
              : 'The text is below, as it was given. Mend it and show it again, or paste another.'
          }
        />
      )}
      <TextArea
        ref={area}
        mono
        aria-label="Plan to show"
        placeholder={placeholder}
        value={text}
        onChange={setText}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain')
          // Into an empty box there is nothing to add to: show it at once.
          if (text.trim() !== '' || !looksLikePlan(pasted)) return
          event.preventDefault()
          openText({ text: pasted, source: 'paste' })
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          open()
        }}
        className="min-h-40 flex-1 resize-none p-2 leading-5"
      />
      <div className="flex items-center gap-2">
        <Button variant="primary" keys="mod+enter" disabled={text.trim() === ''} onClick={open}>
          Show the plan
        </Button>
        <Button icon={FileUp} onClick={() => files.current?.click()}>
          Open files…
        </Button>
        <input
          ref={files}
          type="file"
          multiple
          aria-label="Files with plans or logs"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            void openFiles([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        {!isWhole && (
          <span className="text-ink-3 text-sm">
            The first {shownChars.toLocaleString('en-US')} of {draft.length.toLocaleString('en-US')}{' '}
            characters
          </span>
        )}
      </div>
    </div>
  )
}

const placeholder = `Hash Join  (cost=33.38..62.84 rows=500 width=72) (actual time=0.41..1.02 rows=500 loops=1)
  Hash Cond: (o.customer_id = c.id)
  ->  Seq Scan on orders o  (cost=0.00..22.70 rows=1270 width=36) (actual time=0.01..0.12 rows=1270 loops=1)
  …`

/** Puts the cursor at a line and shows it. */
function revealLine(area: HTMLTextAreaElement | null, line: number): void {
  if (area === null) return
  let at = 0
  for (let seen = 1; seen < line; seen += 1) {
    const next = area.value.indexOf('\n', at)
    if (next === -1) break
    at = next + 1
  }
  area.focus()
  const end = area.value.indexOf('\n', at)
  area.setSelectionRange(at, end === -1 ? area.value.length : end)
}
