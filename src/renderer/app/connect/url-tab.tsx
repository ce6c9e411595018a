import { useEffect, useState } from 'react'
import { client, describeError } from '#renderer/client/index.ts'
import { Button, Field, TextArea } from '#renderer/kit/index.ts'
import type { TargetSettings } from '#shared/session/index.ts'
import { describeSettings } from './describe-settings.ts'
import { withSettings } from './draft.ts'
import type { ConnectForm } from './use-connect-form.ts'

/** Reading is the workbench's job (one parser for all hosts); it is asked once the user pauses. */
const pauseMs = 200

interface Reading {
  readonly settings?: TargetSettings
  readonly password?: string
  readonly problem?: string
}

function useReading(url: string): Reading | undefined {
  const [reading, setReading] = useState<{ readonly url: string; readonly reading: Reading }>()
  useEffect(() => {
    if (url === '') return undefined
    const ending = new AbortController()
    const timer = setTimeout(() => {
      client.targets.parseUrl({ url }, { signal: ending.signal }).then(
        (answer) => setReading({ url, reading: answer }),
        (error: unknown) => {
          if (!ending.signal.aborted) setReading({ url, reading: { problem: describeError(error).message } })
        },
      )
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [url])
  return reading?.url === url ? reading.reading : undefined
}

export function UrlTab({ form }: { readonly form: ConnectForm }) {
  const { draft, problems, change } = form
  const reading = useReading(draft.url.trim())
  const settings = reading?.settings
  return (
    <>
      <Field
        label="Connection URL"
        hint="postgresql://user@host:5432/database?sslmode=verify-full, or host=… dbname=…"
        problem={problems.url ?? reading?.problem}
      >
        {(ids) => (
          <TextArea
            {...ids}
            mono
            rows={2}
            autoFocus
            value={draft.url}
            aria-invalid={problems.url !== undefined || undefined}
            placeholder="postgresql://"
            onChange={(url) => change({ url })}
            // It has room for two lines because URLs are long; key=value pairs may be in several.
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              event.currentTarget.form?.requestSubmit()
            }}
          />
        )}
      </Field>
      {settings !== undefined && (
        <div className="flex items-center gap-3 text-sm text-ink-2">
          <p className="min-w-0 flex-1" role="status">
            Goes to <span className="text-ink">{describeSettings(settings)}</span>
            {settings.sslMode !== undefined && `, TLS ${settings.sslMode}`}
            {reading?.password !== undefined && '. The password in it is used, and kept out of what is saved'}
            .
          </p>
          <Button
            onClick={() =>
              change({
                ...withSettings(draft, settings),
                way: settings.service !== undefined && settings.host === undefined ? 'service' : 'fields',
                password: reading?.password ?? draft.password,
                url: '',
              })
            }
          >
            Edit as fields
          </Button>
        </div>
      )}
    </>
  )
}
