import { readdirSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { runCommand } from '#tests/support/command.ts'
import { makeTestFolder } from '#tests/support/test-folders.ts'

const test = base.extend<object, { readonly folder: string }>({
  folder: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the names of fixtures from the pattern
    async ({}, give) => {
      const folder = await makeTestFolder('plans')
      await give(folder)
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

const planText = `Query Text: select count(*) from orders where total > 312
Aggregate  (cost=10.00..10.01 rows=1 width=8) (actual time=9.100..9.101 rows=1 loops=1)
  Buffers: shared hit=12 read=48
  ->  Seq Scan on orders o  (cost=0.00..9.00 rows=10 width=0) (actual time=0.010..8.000 rows=4180 loops=1)
        Filter: (total > '312'::numeric)
        Rows Removed by Filter: 25820
        Buffers: shared hit=12 read=48`
const stderrLog = `2026-11-20 17:08:09.141 UTC [77] app@shop LOG:  duration: 9.200 ms  plan:
	${planText.replaceAll('\n', '\n\t')}
2026-11-20 17:08:10.000 UTC [78] app@shop LOG:  duration: 20.000 ms  statement: select 1
2026-11-20 17:08:11.000 UTC [78] app@shop LOG:  duration: 30.000 ms  statement: select 2
2026-11-20 17:08:12.000 UTC [78] app@shop ERROR:  division by zero
2026-11-20 17:08:12.000 UTC [78] app@shop STATEMENT:  select 1/0
`

interface FileReport {
  readonly file: string
  readonly error?: { readonly code: string; readonly message: string; readonly line?: number }
  readonly plans: readonly {
    readonly format: string
    readonly nodes: readonly Readonly<Record<string, unknown>>[]
    readonly findings: readonly Readonly<Record<string, unknown>>[]
    readonly warnings: readonly string[]
  }[]
}

const readLines = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as FileReport)

test.describe('plan --json', () => {
  test('prints a line a file in their order, and goes on behind one that can’t be read', async ({
    folder,
  }) => {
    await mkdir(folder, { recursive: true })
    const text = join(folder, 'plan.txt')
    const log = join(folder, 'server.log')
    const garbage = join(folder, 'garbage.txt')
    const missing = join(folder, 'missing.txt')
    await writeFile(text, planText)
    await writeFile(log, stderrLog)
    await writeFile(garbage, 'nothing to see here\n')
    const { code, stdout, stderr } = await runCommand(['plan', '--json', text, garbage, log, missing])
    expect({ code, stderr }).toEqual({ code: 6, stderr: '' })
    const reports = readLines(stdout)
    expect(reports.map(({ file }) => file)).toEqual([text, garbage, log, missing])
    expect(reports.map(({ error }) => error?.code)).toEqual([
      undefined,
      'notAPlan',
      undefined,
      'FILE_UNREADABLE',
    ])
    for (const { plans } of [reports[0], reports[2]].filter((report) => report !== undefined)) {
      expect(plans).toHaveLength(1)
      expect(plans[0]?.format).toBe('text')
      expect(plans[0]?.nodes).toMatchObject([
        {
          id: 0,
          depth: 0,
          nodeType: 'Aggregate',
          inclusiveMs: 9.101,
          exclusiveMs: 1.101,
          exactness: 'exact',
        },
        {
          id: 1,
          parentId: 0,
          depth: 1,
          nodeType: 'Seq Scan',
          relation: 'orders',
          sharedReadBlocksExclusive: 48,
        },
      ])
      expect(plans[0]?.nodes[0]).not.toHaveProperty('relation')
    }
  })

  test('reads standard input', async () => {
    const { code, stdout } = await runCommand(['plan', '-', '--json'], { input: planText })
    expect(code).toBe(0)
    expect(readLines(stdout)).toMatchObject([{ file: '-', plans: [{ format: 'text' }] }])
  })

  test('leaves no name and no literal with --redact', async () => {
    const { stdout } = await runCommand(['plan', '-', '--redact', '--json'], { input: planText })
    expect(stdout).not.toMatch(/orders|312|total >/)
    expect(readLines(stdout)[0]?.plans[0]?.nodes[1]).toMatchObject({ nodeType: 'Seq Scan', totalRows: 4180 })
  })

  test('says with --redact that a plan is broken, and nothing that is in it', async () => {
    const input = '{ "Plan": { "Node Type": "Scan of secrets", "Plans": 3 } }'
    const { code, stdout } = await runCommand(['plan', '-', '--redact', '--json'], { input })
    expect(code).toBe(6)
    expect(stdout).not.toContain('secrets')
    expect(readLines(stdout)[0]?.error).toMatchObject({ code: 'notAPlan', line: 1 })
  })

  test('reads hundreds of files in one quick call', async () => {
    const folder = join(import.meta.dirname, '../../fixtures/plans')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:json|txt)$/.test(name))
      .map((name) => join(folder, name))
    const many = Array.from({ length: 300 }, (_, at) => files[at % files.length] ?? '')
    const startedAtMs = performance.now()
    const { code, stdout } = await runCommand(['plan', '--json', ...many])
    expect(performance.now() - startedAtMs).toBeLessThan(15_000)
    expect(code).toBe(0)
    expect(readLines(stdout)).toHaveLength(300)
  })
})

test.describe('plan', () => {
  test('prints a tree with each node’s own figures, without colour, within the line', async () => {
    const { code, stdout } = await runCommand(['plan', '-'], { input: planText })
    expect(code).toBe(0)
    expect(stdout).toContain('own time')
    expect(stdout).toMatch(/8 ms +█+\S* +87.9 % +4,180 × 1 +418× more +12 +48 +└ Seq Scan on orders o/)
    expect(stdout).not.toContain('\u001B')
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(120)
  })

  test('says what is wrong with a file in one line, and what it is called', async () => {
    const { code, stdout, stderr } = await runCommand(['plan', '-'], { input: 'Seq Scan on\n' })
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' })
    expect(stderr).toMatch(/^barograph: -.*\n$/)
  })

  test('asks for a file', async () => {
    const { code, stderr } = await runCommand(['plan'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^barograph: .*file.*\n$/)
  })
})

test.describe('log', () => {
  test('prints one JSON line a file, with statements by total time', async () => {
    const { code, stdout } = await runCommand(['log', '-', '--json'], { input: stderrLog })
    expect(code).toBe(0)
    const report = JSON.parse(stdout) as Readonly<Record<string, unknown>>
    expect(report).toMatchObject({
      file: '-',
      format: 'stderr',
      lines: 12,
      entries: 4,
      bytes: Buffer.byteLength(stderrLog),
      fromMs: Date.UTC(2026, 10, 20, 17, 8, 9, 141),
      toMs: Date.UTC(2026, 10, 20, 17, 8, 12),
      groups: [
        { statement: 'select ?', calls: 2, totalMs: 50, meanMs: 25, maxMs: 30, plans: [] },
        { calls: 1, totalMs: 9.2, plans: [{ offset: 0, line: 1, durationMs: 9.2, planFormat: 'text' }] },
      ],
      events: { autoExplain: 1, duration: 2, error: 1 },
      warnings: [],
    })
  })

  test('prints a table for people, as long as asked for', async () => {
    const { code, stdout } = await runCommand(['log', '-', '--top', '1'], { input: stderrLog })
    expect(code).toBe(0)
    expect(stdout).toContain('select ?')
    expect(stdout).toContain('… and 1 more')
    expect(stdout).not.toContain('count(*)')
  })

  test('tells deadlocks with the statements in them, for people and for programs', async () => {
    const head = '2026-11-20 17:08:13.000 UTC [786] app@shop '
    const input = `${stderrLog}${head}ERROR:  deadlock detected
${head}DETAIL:  Process 786 waits for ShareLock on transaction 754; blocked by process 780.
\tProcess 780 waits for ShareLock on transaction 755; blocked by process 786.
\tProcess 786: update acc set v = 1
\tProcess 780: update cart set v = 2
`
    const people = await runCommand(['log', '-'], { input })
    expect(people.stdout).toContain(
      'Deadlocks\n  1 time, last at 2026-11-20 17:08:13\n    update acc set v = ?\n    update cart set v = ?\n',
    )
    const programs = await runCommand(['log', '-', '--json'], { input })
    expect(JSON.parse(programs.stdout)).toMatchObject({
      deadlocks: [{ statements: ['update acc set v = ?', 'update cart set v = ?'], count: 1, line: 13 }],
    })
  })

  test('says that a file is no log', async () => {
    const { code, stderr } = await runCommand(['log', '-'], { input: 'hello\n' })
    expect(code).toBe(6)
    expect(stderr).toMatch(/^barograph: -: No line looks like a PostgreSQL server’s log.*\n$/)
  })
})

test.describe('plan --compare', () => {
  const byIndex = planText
    .replace('Seq Scan on orders o', 'Index Scan using orders_total on orders o')
    .replace("Filter: (total > '312'::numeric)", "Index Cond: (total > '312'::numeric)")
    .replace('        Rows Removed by Filter: 25820\n', '')
    .replaceAll('9.10', '0.91')
    .replaceAll('8.000', '0.800')

  test('says in a line how much faster and why, and what became of each node', async ({ folder }) => {
    const [before, after] = [join(folder, 'before.txt'), join(folder, 'after.txt')]
    await writeFile(before, planText)
    await writeFile(after, byIndex)
    const text = await runCommand(['plan', '--compare', before, after])
    expect(text.code).toBe(0)
    expect(text.stdout).toMatch(/^\d+(\.\d+)?× faster: index scan on orders replaced the seq scan\n/)
    expect(text.stdout).toMatch(/≠\s+Index Scan using orders_total on orders o \(likely\)/)
    const json = await runCommand(['plan', '--compare', '--json', before, after])
    expect(JSON.parse(json.stdout)).toMatchObject({
      before: { file: before, format: 'text' },
      verdict: 'faster',
      sameShape: false,
      pairs: [
        { beforeId: 0, afterId: 0 },
        { beforeId: 1, afterId: 1, reshaped: true },
      ],
    })
  })

  test('takes two plans of one file, and says when there is only one', async ({ folder }) => {
    const both = join(folder, 'both.txt')
    await writeFile(both, `${planText}\n\n${byIndex}`)
    expect((await runCommand(['plan', '--compare', both])).stdout).toMatch(/^\d/)
    const one = join(folder, 'one.txt')
    await writeFile(one, planText)
    const refused = await runCommand(['plan', '--compare', one])
    expect(refused).toMatchObject({ code: 6, stderr: expect.stringContaining('only one plan') })
  })
  test('leaves no name and no literal with --redact', async ({ folder }) => {
    const both = join(folder, 'secret.txt')
    await writeFile(both, `${planText}\n\n${byIndex}`)
    for (const form of [[], ['--json']]) {
      const { code, stdout } = await runCommand(['plan', '--compare', '--redact', ...form, both])
      expect(code).toBe(0)
      expect(stdout).not.toMatch(/orders|312|total >/)
    }
  })
})
