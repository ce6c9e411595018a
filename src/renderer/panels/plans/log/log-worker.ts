import { createLogReader, createLogSummary } from '#shared/logs/index.ts'
import { collectPastedPlans, type PastedText } from '#shared/plan/index.ts'
import { formatCount } from '#shared/units/index.ts'
import type { LogNews, PastedPlansText } from './log-news.ts'

const tell = (news: LogNews): void => {
  self.postMessage(news, { transfer: [] })
}

/** A log that is full of them is a paste, and read as one. */
const mostPasted = 200
const mostPastedChars = 16 * 1_024 * 1_024

/** Ten times a second is enough for the eye. */
const progressMs = 100

async function read(file: File): Promise<void> {
  const plans = collectPastedPlans()
  const reader = createLogReader({ onStrayLine: plans.addStray })
  const pasted: PastedPlansText[] = []
  let keptChars = 0
  let unkept = 0
  const keep = (texts: readonly PastedText[]): void => {
    for (const { text, line, plans: found } of texts) {
      if (pasted.length >= mostPasted || keptChars + text.length > mostPastedChars) {
        unkept += found.length
        continue
      }
      keptChars += text.length
      const statement = found[0]?.statement
      pasted.push({ text, line, count: found.length, ...(statement === undefined ? {} : { statement }) })
    }
  }
  const summary = createLogSummary()
  const stream = file.stream().getReader()
  let toldAtMs = performance.now()
  for (;;) {
    const { done, value } = await stream.read()
    const entries = done ? reader.end() : reader.push(value)
    for (const entry of entries) {
      keep(plans.upTo(entry))
      summary.add(entry)
    }
    if (done) break
    const now = performance.now()
    if (now - toldAtMs < progressMs) continue
    toldAtMs = now
    tell({ kind: 'progress', bytes: reader.bytes(), lines: reader.lines() })
  }
  keep(plans.atEnd())
  const format = reader.format()
  if (format === undefined) {
    tell({ kind: 'foreign' })
    return
  }
  tell({
    kind: 'done',
    findings: {
      format,
      lines: reader.lines(),
      entries: reader.entries(),
      fromMs: summary.fromMs(),
      toMs: summary.toMs(),
      groups: summary.groups(),
      others: summary.others(),
      deadlocks: summary.deadlocks(),
      events: summary.events(),
      severities: summary.severities(),
      pasted,
      warnings: [
        ...reader.warnings(),
        ...summary.warnings(),
        ...(unkept === 0
          ? []
          : [
              `${formatCount(unkept)} further plans that stand in the log as psql printed them are not listed.`,
            ]),
      ],
    },
  })
}

self.addEventListener('message', ({ data }: MessageEvent<File>) => {
  read(data).catch((error: unknown) => {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : 'the file could not be read' })
  })
})
