import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeOwnership } from '#main/demo/ownership.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-owner-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the ownership of a demo folder', () => {
  it('goes to one of many who ask at once', async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, () => takeOwnership(folder)))
    expect(claims.filter((claim) => 'ownership' in claim)).toHaveLength(1)
    expect(await readdir(folder)).toStrictEqual(['owner.json'])
  })

  it('passes on when it is released', async () => {
    const first = await takeOwnership(folder)
    if ('ownership' in first) await first.ownership.release()
    expect(await readdir(folder)).toStrictEqual([])
    expect(await takeOwnership(folder)).toHaveProperty('ownership')
  })

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 - 3 })],
    [
      'whose number has passed to another process',
      JSON.stringify({ pid: process.pid, born: 'another boot/1' }),
    ],
    ['that was cut off', '{"pid": 4'],
  ])('is taken from a file %s, by one of many', async (_, text) => {
    await writeFile(join(folder, 'owner.json'), text)
    const claims = await Promise.all(Array.from({ length: 20 }, () => takeOwnership(folder)))
    expect(claims.filter((claim) => 'ownership' in claim)).toHaveLength(1)
    expect(await readdir(folder)).toStrictEqual(['owner.json'])
  })

  it('tells whose it is', async () => {
    await takeOwnership(folder)
    expect(await takeOwnership(folder)).toMatchObject({ owner: { pid: process.pid } })
  })
})
