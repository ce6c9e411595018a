import { createLogReader, detectLogFormat, type LogEntry, type LogReader } from '#shared/logs/index.ts'
import { collectPastedPlans, type FoundPlan, type PastedText, readPlans } from '#shared/plan/index.ts'
import { formatCount } from '#shared/units/index.ts'
import { failToRead, type Source, UnreadableFile } from './source.ts'

/** Who takes what a file holds, one plan at a time: a log of any size is never held whole. */
export interface PlanTaker {
  readonly plan: (found: FoundPlan) => Promise<void>
  /** What of the file was left out. */
  readonly warning: (text: string) => void
}

const detectionBytes = 65_536
/** Pastes are read whole; beyond this it is no plan that anybody reads. */
const longestText = 400 * 1024 * 1024
/** A log without plans may be a paste that mentions a log; so much of it is kept for a second look. */
const longestSecondLook = 32 * 1024 * 1024
const mostWarnings = 20
const timed = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d{10}\.\d{3}/

/**
 * Hands out every plan of a file in its order: of a paste in any of EXPLAIN's formats, or of a server's log.
 *
 * @throws UnreadableFile if there is none
 */
export async function readPlansOf(source: Source, taker: PlanTaker): Promise<void> {
  const head: Uint8Array[] = []
  let headBytes = 0
  let log: LogOfPlans | undefined
  let isUndecided = true
  try {
    for await (const chunk of source.chunks) {
      if (log !== undefined) {
        if (log.found() === 0 && headBytes + chunk.length <= longestSecondLook) head.push(chunk)
        else head.length = 0
        headBytes += chunk.length
        await log.push(chunk)
        continue
      }
      head.push(chunk)
      headBytes += chunk.length
      if (isUndecided && headBytes >= detectionBytes) {
        isUndecided = false
        log = await openLog(head, taker)
      }
      if (headBytes > longestText) {
        throw new UnreadableFile({
          code: 'tooLarge',
          message: `A text of more than ${longestText / 1024 / 1024} MiB is neither a server’s log nor a plan.`,
        })
      }
    }
  } catch (cause) {
    failToRead(source.file, cause)
  }
  if (isUndecided) log = await openLog(head, taker)
  if (log !== undefined) {
    await log.end()
    if (log.found() > 0) return
    if (head.length === 0) throw log.nothing()
  }
  await readText(decodeText(head), taker, log)
}

async function readText(text: string, taker: PlanTaker, log: LogOfPlans | undefined): Promise<void> {
  const reading = readPlans(text)
  if (!reading.ok) {
    if (log !== undefined) throw log.nothing()
    const { code, message, line, column } = reading.error
    throw new UnreadableFile({
      code,
      message,
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    })
  }
  for (const warning of reading.warnings) taker.warning(warning)
  for (const plan of reading.plans) await taker.plan(plan)
}

interface LogOfPlans {
  push(chunk: Uint8Array): Promise<void>
  end(): Promise<void>
  /** Plans read so far. */
  readonly found: () => number
  /** Why there are none. */
  readonly nothing: () => UnreadableFile
}

/** A reader for what looks like a server's log; undefined for everything else. */
async function openLog(head: readonly Uint8Array[], taker: PlanTaker): Promise<LogOfPlans | undefined> {
  const bytes = Buffer.concat(head)
  const format = detectLogFormat(bytes)
  if (format === undefined) return undefined
  // Messages that psql showed between other things: a paste, not a log.
  if (format === 'stderr' && !timed.test(bytes.toString('latin1'))) return undefined
  const pasted = collectPastedPlans()
  const reader: LogReader = createLogReader({ format, onStrayLine: pasted.addStray })
  let found = 0
  let unread = 0
  let firstError: UnreadableFile | undefined

  async function takePasted(texts: readonly PastedText[]): Promise<void> {
    for (const { line, plans, warnings } of texts) {
      for (const warning of warnings) taker.warning(`Line ${formatCount(line)}: ${warning}`)
      for (const plan of plans) {
        found += 1
        await taker.plan(plan)
      }
    }
  }

  async function take(entries: readonly LogEntry[]): Promise<void> {
    for (const entry of entries) {
      const { event } = entry
      await takePasted(pasted.upTo(entry))
      if (event.kind !== 'autoExplain') continue
      const reading = readPlans(event.planText)
      if (!reading.ok) {
        unread += 1
        const line = entry.line + (reading.error.line ?? 1)
        const message = `The plan logged on line ${formatCount(entry.line)} can’t be read: ${reading.error.message}`
        firstError ??= new UnreadableFile({ code: reading.error.code, message, line, column: 1 })
        if (unread <= mostWarnings) taker.warning(message)
        continue
      }
      for (const warning of reading.warnings) taker.warning(`Line ${formatCount(entry.line)}: ${warning}`)
      for (const [at, plan] of reading.plans.entries()) {
        found += 1
        // What follows the first plan of an entry was not logged, but pasted below it.
        if (at > 0) {
          await taker.plan({ ...plan, line: entry.line + plan.line })
          continue
        }
        const { statement = plan.statement, parameters = plan.parameters, durationMs } = event
        await taker.plan({
          ...plan,
          line: entry.line,
          durationMs,
          ...(statement === undefined ? {} : { statement }),
          ...(parameters === undefined ? {} : { parameters }),
        })
      }
    }
  }

  const log: LogOfPlans = {
    push: async (chunk) => take(reader.push(chunk)),
    end: async () => {
      await take(reader.end())
      await takePasted(pasted.atEnd())
      // It is read as a paste next: what is strange in a log is not in that.
      if (found === 0) return
      for (const warning of reader.warnings()) taker.warning(warning)
      const { lines, firstLine } = pasted.passedOver()
      if (firstLine !== undefined)
        taker.warning(
          `${lines === 1 ? '1 line was' : `${formatCount(lines)} lines were`} outside of any entry, and passed over (the first on line ${formatCount(firstLine)}).`,
        )
      if (unread > mostWarnings)
        taker.warning(`${formatCount(unread - mostWarnings)} further plans of the log can’t be read.`)
    },
    found: () => found,
    nothing: () =>
      firstError ??
      new UnreadableFile({
        code: 'notAPlan',
        message: `This is a server’s log (${format}) of ${formatCount(reader.entries())} entries, none of them a plan of auto_explain.`,
      }),
  }
  for (const chunk of head) await log.push(chunk)
  return log
}

/** UTF-8, or UTF-16 where the mark of the byte order says so: what some shells make of redirected output. */
function decodeText(chunks: readonly Uint8Array[]): string {
  const bytes = Buffer.concat(chunks)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder('utf-8').decode(bytes)
}
