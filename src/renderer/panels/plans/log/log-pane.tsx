import { Button, ErrorNote, ProgressBar } from '#renderer/kit/index.ts'
import { formatBytes, formatCount } from '#shared/units/index.ts'
import { closeLog } from '../opened.ts'
import { LogFindingsView } from './log-findings.tsx'
import { useLog } from './use-log.ts'

/** A server log: what took the time in it, and the plans that it holds. */
export function LogPane({ file }: { readonly file: File }) {
  const news = useLog(file)
  if (news.kind === 'done') return <LogFindingsView file={file} findings={news.findings} />
  if (news.kind === 'progress') {
    const share = file.size === 0 ? 1 : news.bytes / file.size
    return (
      <div className="grid h-full place-items-center p-6">
        <section aria-label="Progress" className="flex w-full max-w-110 flex-col gap-2">
          <div className="flex items-baseline justify-between gap-4">
            <p role="status" className="min-w-0 truncate font-medium">
              Reading {file.name}…
            </p>
            <span className="shrink-0 text-ink-2">{Math.round(share * 100)} %</span>
          </div>
          <ProgressBar label={`Reading ${file.name}`} value={share} />
          <p className="text-ink-3 text-sm">
            {formatCount(news.lines)} lines, {formatBytes(news.bytes)} of {formatBytes(file.size)}
          </p>
          <Button className="self-end" onClick={closeLog}>
            Cancel
          </Button>
        </section>
      </div>
    )
  }
  return (
    <div className="p-4">
      <ErrorNote
        title={`${file.name} can’t be read as a log`}
        message={
          news.kind === 'foreign'
            ? 'Its lines are neither those of a PostgreSQL log (stderr, syslog, csvlog, jsonlog) nor a plan.'
            : news.message
        }
        advice="If it is packed by something other than gzip, unpack it first. A plan inside of another text can be pasted."
        actions={
          <button type="button" className="text-ink-2 underline hover:text-ink" onClick={closeLog}>
            Look at something else
          </button>
        }
      />
    </div>
  )
}
