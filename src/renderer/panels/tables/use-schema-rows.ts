import { useDeferredValue, useMemo } from 'react'
import { client } from '#renderer/client/index.ts'
import { isSameServer, useAsked, useOneServer, useServerAt } from '#renderer/state/index.ts'
import type { TargetStamp } from '#shared/session/index.ts'
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
  const { target } = useOneServer()
  const readFrom = useServerAt(span?.now.atMs)
  // Until the server at the range's end is read for the first time, the last reading is another one's.
  const isOther = readFrom !== undefined && target !== undefined && !isSameDatabase(readFrom, target)
  const rows = useMemo(
    () => (span === undefined || isOther ? undefined : buildSchemaRows(span)),
    [span, isOther],
  )
  return { rows, error, isLoading }
}

const isSameDatabase = (one: TargetStamp, other: TargetStamp): boolean =>
  isSameServer(one, other) && one.database === other.database

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve)
  })
}
