import { useMemo } from 'react'
import { scanToken } from '#shared/statements/index.ts'
import { classes } from './classes.ts'

/** Beyond it a text is shown plain: thousands of coloured pieces are slower than they are useful. */
const mostColoured = 20_000

const words = new Set(
  `select from where and or not in is null as on join left right inner outer full cross natural lateral using group by
  order having limit offset fetch union all intersect except distinct with recursive insert into values update set
  delete returning case when then else end between like ilike exists any some true false create table index view
  alter drop add column primary key foreign references default constraint unique check begin commit rollback
  explain analyze verbose vacuum grant revoke to for share nowait skip locked conflict do nothing over partition
  window filter within asc desc nulls first last materialized truncate copy lock call merge matched`.split(
    /\s+/,
  ),
)

type Look = 'word' | 'value' | 'comment' | 'plain'

interface Piece {
  readonly at: number
  readonly text: string
  readonly look: Look
}

const looks: Readonly<Record<Look, string | undefined>> = {
  word: 'text-accent',
  value: 'text-ok',
  comment: 'text-ink-3',
  plain: undefined,
}

/** A statement as it is read: key words, values and comments told apart. */
export function SqlText({ sql, className }: { readonly sql: string; readonly className?: string }) {
  const pieces = useMemo(() => cutSql(sql), [sql])
  return (
    <pre className={classes('font-mono text-sm break-words whitespace-pre-wrap select-text', className)}>
      {pieces.map(({ at, text, look }) =>
        looks[look] === undefined ? (
          text
        ) : (
          <span key={at} className={looks[look]}>
            {text}
          </span>
        ),
      )}
    </pre>
  )
}

/** The text in pieces of one look each, with nothing left out. */
export function cutSql(sql: string): readonly Piece[] {
  const pieces: Piece[] = []
  let done = 0
  const put = (end: number, look: Look) => {
    if (end <= done) return
    pieces.push({ at: done, text: sql.slice(done, end), look })
    done = end
  }
  const coloured = sql.slice(0, mostColoured)
  for (let token = scanToken(coloured, 0); token !== undefined; token = scanToken(coloured, token.end)) {
    // Between tokens there is nothing but white space and comments.
    put(token.start, 'comment')
    const isValue = token.kind === 'string' || token.kind === 'number' || token.kind === 'parameter'
    put(token.end, isValue ? 'value' : token.kind === 'word' && words.has(token.text) ? 'word' : 'plain')
  }
  put(coloured.length, 'comment')
  put(sql.length, 'plain')
  return pieces
}
