import { CircleCheck } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { DefinitionList, ErrorNote, Spinner } from '#renderer/kit/index.ts'
import type { ConnectionTest } from '#shared/contract/index.ts'
import type { TargetSettings } from '#shared/session/index.ts'
import { formatDuration } from '#shared/units/index.ts'
import { CapabilityList } from '../capabilities-dialog.tsx'
import { DiagnosisNote, readDiagnosis } from '../diagnosis-note.tsx'
import type { ConnectForm } from './use-connect-form.ts'

/** What came of the last test or attempt. */
export function ConnectOutcome({ form }: { readonly form: ConnectForm }) {
  const { test, tryOut, save, connect } = form
  const error = tryOut.error ?? save.error ?? connect.error
  const diagnosis = readDiagnosis(error?.facts['diagnosis'])
  const place = useRef<HTMLDivElement>(null)
  const shown = error ?? test
  useEffect(() => {
    if (shown !== undefined) place.current?.scrollIntoView({ block: 'nearest' })
  }, [shown])

  return (
    <div ref={place} aria-live="polite" className="flex flex-col gap-2 empty:hidden">
      {tryOut.busy && <Waiting text="Trying the connection…" />}
      {connect.busy && <Waiting text="Connecting…" />}
      {diagnosis !== undefined ? (
        <DiagnosisNote diagnosis={diagnosis} />
      ) : (
        error !== undefined && <ErrorNote title={error.title} message={error.message} advice={error.advice} />
      )}
      {error === undefined && test !== undefined && <TestResult test={test} />}
    </div>
  )
}

function Waiting({ text }: { readonly text: string }) {
  return (
    <p className="flex items-center gap-2 text-ink-2">
      <Spinner /> {text}
    </p>
  )
}

function TestResult({ test }: { readonly test: ConnectionTest }) {
  if (!test.ok) {
    return (
      <>
        <DiagnosisNote diagnosis={test.diagnosis} />
        <Resolved settings={test.resolved} />
      </>
    )
  }
  const { server, capabilities, tookMs, resolved } = test
  return (
    <>
      <div className="flex gap-2.5 rounded-md border border-l-3 border-line-strong border-l-ok px-3 py-2">
        <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-ok" />
        <p className="select-text">
          <span className="font-semibold">It works.</span> PostgreSQL {server.version}, database{' '}
          {server.database}, as {server.user},{' '}
          {server.tls === undefined ? 'not encrypted' : `encrypted (${server.tls})`}, in{' '}
          {formatDuration(tookMs)}.
        </p>
      </div>
      <Resolved settings={resolved} />
      <CapabilityList capabilities={capabilities} />
    </>
  )
}

/** Where it really went: the service file and the variables have had their say. */
function Resolved({ settings }: { readonly settings: TargetSettings }) {
  const items = [
    { term: 'host', value: settings.host },
    { term: 'port', value: settings.port },
    { term: 'database', value: settings.database },
    { term: 'user', value: settings.user },
    { term: 'service', value: settings.service },
    { term: 'TLS', value: settings.sslMode },
    { term: 'CA file', value: settings.sslRootCert },
  ].filter((item) => item.value !== undefined)
  return (
    <details className="rounded-md border border-line px-3 py-1.5">
      <summary className="text-ink-2">Settings that were used</summary>
      <div className="pt-1.5">
        <DefinitionList items={items} />
      </div>
    </details>
  )
}
