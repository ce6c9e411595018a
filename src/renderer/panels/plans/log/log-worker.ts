import { createLogReader, createLogSummary } from '#shared/logs/index.ts'
import type { LogNews } from './log-news.ts'

const tell = (news: LogNews): void => {
  self.postMessage(news, { transfer: [] })
}

/** Ten times a second is enough for the eye. */
const progressMs = 100

async function read(file: File): Promise<void> {
  const reader = createLogReader()
  const summary = createLogSummary()
  const stream = file.stream().getReader()
  let toldAtMs = performance.now()
  for (;;) {
    const { done, value } = await stream.read()
    const entries = done ? reader.end() : reader.push(value)
    for (const entry of entries) summary.add(entry)
    if (done) break
    const now = performance.now()
    if (now - toldAtMs < progressMs) continue
    toldAtMs = now
    tell({ kind: 'progress', bytes: reader.bytes(), lines: reader.lines() })
  }
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
      warnings: [...reader.warnings(), ...summary.warnings()],
    },
  })
}

self.addEventListener('message', ({ data }: MessageEvent<File>) => {
  read(data).catch((error: unknown) => {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : 'the file could not be read' })
  })
})
