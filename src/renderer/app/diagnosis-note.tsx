import type { ReactNode } from 'react'
import { ErrorNote } from '#renderer/kit/index.ts'
import type { ConnectionDiagnosis } from '#shared/session/index.ts'

/** The part of the settings to look at, as a heading. */
const headings: Readonly<Record<ConnectionDiagnosis['part'], string>> = {
  host: 'Host',
  port: 'Port',
  socket: 'Unix socket',
  authentication: 'Authentication',
  tls: 'TLS',
  database: 'Database',
  version: 'Server version',
  server: 'Server',
  settings: 'Settings',
}

export interface DiagnosisNoteProps {
  readonly diagnosis: ConnectionDiagnosis
  readonly tone?: 'bad' | 'warn'
  /** In front of the part: "Could not connect to shop". */
  readonly what?: string
  readonly actions?: ReactNode
}

/** What is wrong with a connection, and what to do. */
export function DiagnosisNote({ diagnosis, tone = 'bad', what, actions }: DiagnosisNoteProps) {
  const part = headings[diagnosis.part]
  return (
    <ErrorNote
      tone={tone}
      title={what === undefined ? part : `${what} · ${part}`}
      message={diagnosis.message}
      advice={diagnosis.advice}
      {...(diagnosis.detail === undefined ? {} : { details: diagnosis.detail })}
      {...(actions === undefined ? {} : { actions })}
    />
  )
}

/** `facts.diagnosis` of a `CONNECTION_FAILED`. */
export function readDiagnosis(fact: unknown): ConnectionDiagnosis | undefined {
  if (typeof fact !== 'object' || fact === null) return undefined
  const { part, message, advice } = fact as Partial<ConnectionDiagnosis>
  const isOne = typeof part === 'string' && part in headings && typeof message === 'string'
  return isOne && typeof advice === 'string' ? (fact as ConnectionDiagnosis) : undefined
}
