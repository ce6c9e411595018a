import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openLog } from '#main/hosts/common/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'barograph-log-'))
const path = join(folder, 'barograph.log')
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the log', () => {
  it('is readable by its owner only, and has each line at once', () => {
    openLog(folder, 'web').info('started')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toContain('"msg":"started"')
  })

  it('keeps of an error where it happened, and none of its other fields', () => {
    const error = Object.assign(new Error('it broke'), {
      code: 'XX000',
      row: 'secret row',
      query: 'select 1',
    })
    openLog(folder, 'web').error('a handler failed', error)
    const written = readFileSync(path, 'utf8')
    expect(written).toContain('it broke')
    expect(written).toContain('XX000')
    expect(written).toContain('log.test.ts')
    expect(written).not.toContain('secret row')
  })

  it('lets everything else go on where it can’t be written', () => {
    const file = join(folder, 'a file')
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, '')
    const log = openLog(file, 'web')
    expect(() => log.error('a handler failed', new Error('it broke'))).not.toThrow()
  })

  it('is put aside when it has grown large', () => {
    openLog(folder, 'web').info('first')
    writeFileSync(path, 'x'.repeat(4 * 1_024 * 1_024 + 1))
    openLog(folder, 'web').info('second')
    expect(statSync(path).size).toBeLessThan(1_000)
    expect(statSync(`${path}.1`).size).toBeGreaterThan(4 * 1_024 * 1_024)
  })
})
