import type { Run } from '#shared/session/index.ts'

/** The server's notices and our remarks on the run. */
export function Messages({ run }: { readonly run: Run }) {
  return (
    <ul aria-label="Messages" className="h-full overflow-auto px-3 py-2 select-text">
      {run.notes.map((note, index) => (
        // Notices may repeat word for word: only their place tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} className="border-b border-line py-1.5 whitespace-pre-wrap">
          {note}
        </li>
      ))}
    </ul>
  )
}
