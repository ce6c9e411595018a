/**
 * Records one plan in everything psql may print around it; needs psql on the path:
 * `node --import ./tests/support/raw-text.mjs tests/support/record-psql-frames.ts`. Leaves `tests/fixtures/plans/psql-frames.json`:
 * texts by `format.layout.border.style`, the bare one under `format`.
 */
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { startTestServer } from './servers.ts'

const statement = `select * from orders where naïve = E'one  \\n  "two" é' and id > 3 order by id`

interface Frame {
  readonly layout: string
  readonly expanded: boolean
  readonly border: number
  readonly style: string
}

function* listFrames(): Generator<Frame> {
  for (const expanded of [false, true]) {
    for (const border of [0, 1, 2]) {
      for (const style of ['ascii', 'old-ascii', 'unicode', 'double']) {
        if (style === 'double' && border < 2) continue
        yield { layout: 'aligned', expanded, border, style }
        // Here psql leaves no mark where it wrapped: nobody can tell.
        const isUnmarked = style === 'old-ascii' ? !expanded || border === 0 : expanded && border === 0
        if (!isUnmarked && style !== 'double') yield { layout: 'wrapped', expanded, border, style }
      }
    }
    for (const layout of ['unaligned', 'csv', 'html', 'latex', 'latex-longtable', 'asciidoc'])
      yield { layout, expanded, border: 1, style: 'ascii' }
  }
}

const settingsOf = ({ layout, expanded, border, style }: Frame): string =>
  [
    `format ${layout}`,
    'columns 60',
    `border ${border}`,
    `expanded ${expanded ? 'on' : 'off'}`,
    `linestyle ${style === 'double' ? 'unicode' : style}`,
    ...(style === 'double'
      ? ['border', 'column', 'header'].map((part) => `unicode_${part}_linestyle double`)
      : []),
  ]
    .map((setting) => `\\pset ${setting}\n`)
    .join('')

const server = await startTestServer({ major: 17 })
try {
  const ask = (settings: string, format: string): string =>
    execFileSync(
      'psql',
      ['-X', '-q', '-h', server.socketFolder, '-p', String(server.port), '-U', server.user, server.database],
      {
        encoding: 'utf8',
        input: `create temp table orders (id int, naïve text);\n${settings}\nexplain (verbose, format ${format}) ${statement};`,
      },
    )
  const texts: Record<string, string> = {}
  for (const format of ['text', 'json', 'yaml', 'xml']) {
    texts[format] = ask('\\pset format unaligned\n\\pset tuples_only on\n', format)
    for (const frame of listFrames()) {
      if (format === 'yaml' && ['html', 'latex-longtable', 'csv'].includes(frame.layout)) continue
      const name = [
        format,
        frame.layout + (frame.expanded ? '.expanded' : ''),
        frame.border,
        frame.style,
      ].join('.')
      texts[name] = ask(settingsOf(frame), format)
    }
  }
  await writeFile(
    new URL('../fixtures/plans/psql-frames.json', import.meta.url),
    `${JSON.stringify(texts)}\n`,
  )
} finally {
  await server.stop()
}
