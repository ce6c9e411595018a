import { useDeferredValue, useMemo } from 'react'
import { client } from '#renderer/client/index.ts'
import { useAsked } from '#renderer/state/index.ts'
import { buildSchemaRows, type SchemaRows } from './build-rows.ts'
import { createSchemaMemory } from './schema-memory.ts'

const memory = createSchemaMemory()

export interface AskedSchema {
  /** Absent where nothing was read. */
  readonly rows: SchemaRows | undefined
  readonly isLoading: boolean
  readonly error: unknown
}

/** Tables and indexes at the end of the window's range, and what came since its start. */
export function useSchemaRows(): AskedSchema {
  const { answer, error, isLoading } = useAsked(
    async ({ sessionId, range }, signal) => {
      const answered = await client.relations.over(
        { sessionId, range, known: [...memory.known(sessionId)] },
        { signal },
      )
      // Reading a large answer was a task of its own; making rows of it is another.
      await nextTask()
      return { span: memory.take(sessionId, answered) }
    },
    [],
    { news: ['schema'] },
  )
  // Thousands of rows are drawn when there is time: typing and scrolling go first.
  const span = useDeferredValue(answer?.span)
  const rows = useMemo(() => (span === undefined ? undefined : buildSchemaRows(span)), [span])
  return { rows, error, isLoading }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}
