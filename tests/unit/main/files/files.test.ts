import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder, readJsonFile, writeFileAtomically } from '#main/files/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'barograph-files-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('small files of the data folder', () => {
  it('are replaced whole and readable by their owner only', async () => {
    const path = join(folder, 'deep', 'settings.json')
    await writeFileAtomically(path, '{"a":1}')
    await writeFileAtomically(path, '{"a":2}')
    expect(await readFile(path, 'utf8')).toBe('{"a":2}')
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(join(folder, 'deep'))).toEqual(['settings.json'])
  })

  it('leave the old content and no draft behind when writing fails', async () => {
    const path = join(folder, 'occupied')
    await writeFileAtomically(join(path, 'child'), 'keep')
    await expect(writeFileAtomically(path, 'never')).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['occupied'])
  })

  it('count as missing and are set aside when broken', async () => {
    const path = join(folder, 'broken.json')
    await writeFile(path, '{"half":')
    expect(await readJsonFile(path)).toBeUndefined()
    expect(await readFile(`${path}.broken`, 'utf8')).toBe('{"half":')
    expect(await readJsonFile(join(folder, 'absent.json'))).toBeUndefined()
  })
})

describe('a folder of ours', () => {
  it('is made with those above it, for its owner only, and stays if it is there', async () => {
    const path = join(folder, 'a', 'b')
    makeFolder(path)
    makeFolder(path)
    expect((await stat(join(folder, 'a'))).mode & 0o777).toBe(0o700)
    expect((await stat(path)).mode & 0o777).toBe(0o700)
  })

  it('is refused where there is a file of its name, or above it', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    expect(() => makeFolder(file)).toThrow('EEXIST')
    expect(() => makeFolder(join(file, 'a'))).toThrow('ENOTDIR')
  })

  it.runIf(process.platform === 'linux')('is refused where the system makes none', () => {
    expect(() => makeFolder('/proc/barograph')).toThrow('ENOENT')
    expect(() => makeFolder('/proc/barograph/deep/down')).toThrow('ENOENT')
  })
})
