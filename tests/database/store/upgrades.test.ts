import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileOwner } from '#main/store/file-owner.ts'
import { upgrades } from '#main/store/upgrades/index.ts'
import { currentFormatVersion } from '#shared/session/index.ts'
import { failureOf } from '#tests/support/sample-run.ts'

const sample = fileURLToPath(new URL('../../fixtures/sessions/v1.barograph', import.meta.url))
const newest = currentFormatVersion
/** Two made-up formats after the current one. */
const later = [
  ...upgrades,
  { version: newest + 1, sql: 'ALTER TABLE runs ADD COLUMN colour VARCHAR; UPDATE runs SET colour = mode;' },
  { version: newest + 2, sql: 'ALTER TABLE runs RENAME colour TO hue;' },
]

let folder: string
let path: string
const owner = createFileOwner()
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-upgrades-'))
  path = join(folder, 'old.barograph')
  await cp(sample, path)
})
afterEach(async () => {
  await owner.close(undefined)
  await rm(folder, { recursive: true, force: true })
})

describe('upgraders', () => {
  it('are one a version without a gap, up to the current format', () => {
    expect(upgrades.map(({ version }) => version)).toEqual(
      Array.from({ length: newest }, (_, index) => index + 1),
    )
  })

  it('bring an old file to the newest format step by step, once, and keep its runs', async () => {
    const opened = await owner.open({ path, upgrades: later, appVersion: '2.0.0' })
    expect(opened).toMatchObject({ formatVersion: newest + 2, runs: 3 })
    await owner.close(undefined)
    const again = await owner.open({ path, upgrades: later, appVersion: '2.0.0' })
    expect(again).toMatchObject({ formatVersion: newest + 2, runs: 3 })
    expect(await owner.run({ runId: 'run-1' })).toMatchObject({ run: { mode: 'analyse' } })
  })

  it('that fail half way leave the file as it was', async () => {
    const broken = [...later, { version: newest + 3, sql: 'ALTER TABLE nowhere RENAME a TO b;' }]
    await failureOf(owner.open({ path, upgrades: broken, appVersion: '2.0.0' }))
    expect(await owner.peek({ path, newestFormat: newest })).toMatchObject({ formatVersion: 1, runs: 3 })
  })
})
