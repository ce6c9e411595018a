import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** A small tree with one breach of each kind, and a legal import beside them. */
const planted: Record<string, string> = {
  'src/shared/units/index.ts': `export const one = 1`,
  'src/shared/units/upwards.ts': `import type { two } from '../waits/index.ts'\nexport type Two = typeof two`,
  'src/shared/units/reads-files.ts': `import fs from 'node:fs'\nexport { fs }`,
  'src/shared/waits/index.ts': `import { one } from '../units/index.ts'\nexport const two = one + one`,
  'src/shared/waits/inner.ts': `export const three = 3`,
  'src/shared/plan/around-the-face.ts': `import { upwards } from '../units/upwards.ts'\nexport { upwards }`,
  'src/renderer/panels/query/index.tsx': `export const query = 1`,
  'src/renderer/panels/load/index.tsx': `import { query } from '../query/index.tsx'\nexport { query }`,
  'src/renderer/panels/locks/index.ts': `import { body } from './body.ts'\nexport const load = async () => body`,
  'src/renderer/panels/locks/body.ts': `export const body = 1`,
  'src/renderer/kit/needs-main.tsx': `import { store } from '../../main/store/index.ts'\nexport { store }`,
  'src/main/store/index.ts': `import { turn } from './turn.ts'\nexport const store = turn`,
  'src/main/store/turn.ts': `import { store } from './index.ts'\nexport const turn = () => store`,
  'src/main/surprise/index.ts': `import { one } from '../../shared/units/index.ts'\nexport { one }`,
}

const breaches = [
  ['law: shared/units', 'src/shared/units/upwards.ts'],
  ['shared is pure', 'src/shared/units/reads-files.ts'],
  ['enter by index.ts', 'src/shared/plan/around-the-face.ts'],
  ['law: renderer/panels/[^/]+', 'src/renderer/panels/load/index.tsx'],
  ['panels come when they are looked at', 'src/renderer/panels/locks/index.ts'],
  ['law: renderer/kit', 'src/renderer/kit/needs-main.tsx'],
  ['no cycles', 'src/main/store/'],
  ['unlisted folder', 'src/main/surprise/index.ts'],
]

let folder: string
let report: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-law-'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  for (const [path, source] of Object.entries(planted)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), source)
  }
  report = await new Promise((done) => {
    const cruise = resolve('node_modules/.bin/depcruise')
    const law = resolve('.dependency-cruiser.cjs')
    execFile(cruise, ['--config', law, 'src'], { cwd: folder }, (_failed, stdout) => done(stdout))
  })
}, 60_000)

afterAll(async () => {
  await rm(folder, { recursive: true })
})

describe('the law of imports', () => {
  it.each(breaches)('finds a breach of "%s" in %s', (rule, path) => {
    expect(report.split('\n').filter((line) => line.includes(`${rule}:`) && line.includes(path))).not.toEqual(
      [],
    )
  })

  it('lets a legal import pass', () => {
    expect(report).not.toContain('error law: shared/waits')
  })
})
