import { type CompareRow, titleOfRow } from './compare-rows.ts'

const surenessWords = {
  sure: '',
  likely: 'likely the same job: most of what is told of both agrees',
  guess: 'paired by place alone',
} as const

function fateOf({ pair, before, after }: CompareRow): { readonly mark: string; readonly words: string } {
  if (after === undefined) return { mark: '−', words: 'gone' }
  if (before === undefined) return { mark: '+', words: 'new' }
  return pair?.reshaped === true ? { mark: '≠', words: 'replaced' } : { mark: '', words: 'the same' }
}

/** A node at its depth: what became of it, its title, and how sure the pair is. */
export function NodeCell({ row }: { readonly row: CompareRow }) {
  const { pair, after, depth } = row
  const title = titleOfRow(row)
  const { mark, words } = fateOf(row)
  return (
    <div className="flex min-w-0 items-center gap-1.5" style={{ paddingLeft: Math.min(depth, 24) * 12 }}>
      <span title={words} className="w-3 shrink-0 text-center font-mono text-accent">
        <span aria-hidden>{mark}</span>
        <span className="sr-only">{words}</span>
      </span>
      <span
        className={`min-w-0 truncate ${after === undefined ? 'text-ink-3 line-through' : ''}`}
        title={title}
      >
        {title}
      </span>
      {pair !== undefined && pair.sureness !== 'sure' && (
        <span title={surenessWords[pair.sureness]} className="shrink-0 text-ink-3 text-xs">
          {pair.sureness === 'likely' ? 'likely' : 'a guess'}
        </span>
      )}
    </div>
  )
}
