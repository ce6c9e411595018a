import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type MetricDefinition, metricDefinitions } from '#shared/series/index.ts'

const page = 'docs/user/metrics.md'
const heading = '## Catalogue\n'

const units: Readonly<Record<MetricDefinition['unit'], string>> = {
  count: '',
  ms: 'ms',
  bytes: 'bytes',
  blocks: 'blocks',
  ratio: '0–1',
  sessions: 'sessions',
}

function describeUnit({ unit, kind }: MetricDefinition): string {
  const name = units[unit]
  if (kind === 'gauge') return name
  return name === '' ? 'per second' : `${name} per second`
}

function describeMetric([id, definition]: readonly [string, MetricDefinition]): string {
  const { label, labels, source } = definition
  return `| \`${id}\` | ${label} | ${labels.join(', ')} | ${describeUnit(definition)} | ${source.replaceAll('<', '&lt;')} |`
}

/** One table for each area, the part of a metric's name before the dot. */
function describeCatalogue(): string {
  const all = Object.entries(metricDefinitions)
  const areas = [...new Set(all.map(([id]) => id.slice(0, id.indexOf('.'))))]
  return areas
    .map((area) => {
      const rows = all.filter(([id]) => id.startsWith(`${area}.`)).map(describeMetric)
      return [
        `### ${area}`,
        '| metric | meaning | by | unit | source |',
        '|---|---|---|---|---|',
        ...rows,
        '',
      ].join('\n')
    })
    .join('\n')
}

describe('the page about metrics', () => {
  it('lists the whole catalogue; `npx vitest run --project unit tests/unit/shared/series -u` writes it', async () => {
    const text = readFileSync(page, 'utf8')
    const head = text.slice(0, text.indexOf(heading) + heading.length)
    await expect(`${head}\n${describeCatalogue()}`).toMatchFileSnapshot(`../../../../${page}`)
  })
})
