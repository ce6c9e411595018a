import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServerClient, type ServerClient } from '#main/targets/index.ts'
import { createLogReader, createLogSummary, type LogEntry, type LogFormat } from '#shared/logs/index.ts'
import { derivePlan, readPlans } from '#shared/plan/index.ts'
import { startTestServer, type TestServer } from '#tests/support/servers.ts'

const planFormats = ['text', 'json', 'yaml', 'xml'] as const
const odd = `select count(*) /* größe "x" */\n\tfrom generate_series(1, 100) g where g > 3 and 'it''s\\' <> ''`
const endings: ReadonlySet<string> = new Set(['.log', '.csv', '.json'])

describe.each([13, 18] as const)('the log of PostgreSQL %i', (major) => {
  let server: TestServer
  const logs = new Map<
    LogFormat,
    {
      readonly bytes: Uint8Array
      readonly entries: readonly LogEntry[]
      readonly warnings: readonly string[]
    }
  >()

  async function talk(client: ServerClient): Promise<void> {
    await client.query("load 'auto_explain'")
    await client.query('set auto_explain.log_min_duration = 0')
    await client.query('set auto_explain.log_analyze = on')
    for (const format of planFormats) {
      await client.query(`set auto_explain.log_format = ${format}`)
      await client.query(odd)
    }
    await client.query('set auto_explain.log_min_duration = -1')
    await client.query('set log_min_duration_statement = 0')
    for (const value of [1, 2, 3]) await client.query(`select ${value} as "größe"`)
    await client.query('select $1::int + 1', ['5'])
    await client.query('select 1/0').catch(() => {})
    await client.query('set log_min_duration_statement = -1')
  }

  beforeAll(async () => {
    server = await startTestServer({
      major,
      settings: {
        logging_collector: 'on',
        log_destination: major >= 15 ? 'stderr,csvlog,jsonlog' : 'stderr,csvlog',
        log_line_prefix: '%m [%p] %q%u@%d ',
        log_timezone: 'Asia/Tokyo',
        log_directory: 'told',
        log_filename: 'server.log',
      },
    })
    const client = await openServerClient(server)
    await talk(client)
    await client.close()
    // Stopped, so that the collector has written everything.
    await server.stop({ keep: true, mode: 'fast' })
    const folder = join(server.dataFolder, 'told')
    for (const name of await readdir(folder)) {
      if (!endings.has(name.slice(name.lastIndexOf('.')))) continue
      const bytes = await readFile(join(folder, name))
      const reader = createLogReader()
      const entries = [...reader.push(bytes), ...reader.end()]
      const recognised = reader.format()
      if (recognised !== undefined) logs.set(recognised, { bytes, entries, warnings: reader.warnings() })
    }
  })
  afterAll(async () => {
    await server?.stop()
  })

  const formats: readonly LogFormat[] = major >= 15 ? ['stderr', 'csvlog', 'jsonlog'] : ['stderr', 'csvlog']
  const entriesOf = (format: LogFormat): readonly LogEntry[] => logs.get(format)?.entries ?? []

  it('is written, and read, in every format', () => {
    expect([...logs.keys()].toSorted()).toEqual(formats.toSorted())
    expect([...logs.values()].flatMap(({ warnings }) => warnings)).toEqual([])
  })

  it('says the same in every format', () => {
    const tell = ({ timeMs, pid, user, database, severity, message, detail, statement, event }: LogEntry) =>
      JSON.stringify([timeMs, pid, user, database, severity, message, detail, statement, event])
    // Each format notes where the log goes on in a line of its own.
    const talked = (format: LogFormat) =>
      entriesOf(format)
        .filter(({ user }) => user !== undefined)
        .map(tell)
    for (const format of formats) expect(talked(format)).toEqual(talked('stderr'))
    expect(talked('stderr').length).toBeGreaterThan(8)
  })

  it.each(planFormats)(
    'holds plans of auto_explain in %s, with the statement as it was sent',
    (planFormat) => {
      for (const format of formats) {
        const [event, ...others] = entriesOf(format)
          .map((entry) => entry.event)
          .filter((candidate) => candidate.kind === 'autoExplain' && candidate.planFormat === planFormat)
        expect(others).toEqual([])
        if (event?.kind !== 'autoExplain') throw new Error(`no ${planFormat} plan in ${format}`)
        expect(event.statement).toBe(odd)
        const reading = readPlans(event.planText)
        if (!reading.ok) throw new Error(reading.error.message)
        const [found] = reading.plans
        expect(reading.plans).toHaveLength(1)
        expect(found?.format).toBe(planFormat)
        if (found === undefined) return
        expect(derivePlan(found.raw).nodes.map(({ nodeType, totalRows }) => [nodeType, totalRows])).toEqual([
          ['Aggregate', 1],
          ['Function Scan', 97],
        ])
      }
    },
  )

  it('times are the server’s, whatever zone it logs in', () => {
    const { timeMs = 0 } = entriesOf('stderr')[0] ?? {}
    expect(Math.abs(Date.now() - timeMs)).toBeLessThan(300_000)
  })

  it('gives slow statements by their shape', () => {
    const summary = createLogSummary()
    for (const entry of entriesOf('csvlog')) summary.add(entry)
    const groups = new Map(summary.groups().map((group) => [group.text, group]))
    expect(groups.get('select ? as "größe"')).toMatchObject({ calls: 3, users: ['postgres'] })
    expect(groups.get('select ?::int + ?')?.calls).toBe(1)
    expect(groups.get('select count(*) from generate_series(?, ?) g where g > ? and ? <> ?')).toMatchObject({
      calls: 4,
      planCount: 4,
    })
    expect(summary.events()['error']).toBe(1)
  })

  it('is found again by the place of a plan alone', () => {
    for (const format of formats) {
      const { bytes, entries } = logs.get(format) ?? { bytes: new Uint8Array(), entries: [], warnings: [] }
      for (const entry of entries) {
        const reader = createLogReader({ format })
        const part = bytes.slice(entry.offset, entry.offset + entry.length)
        const [again] = [...reader.push(part), ...reader.end()]
        expect(again?.message).toBe(entry.message)
      }
    }
  })
})
