import { chmod, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { prepareDemoFolder } from '#main/demo/demo-folder.ts'
import { findServerUser, makeUsable, mayWalk } from '#main/demo/server/index.ts'

// Only root needs another user to run the server; everybody else keeps the folder that was asked for.
const asRoot = process.getuid?.() === 0

describe.runIf(asRoot)('the demo of root', () => {
  const user = asRoot ? findServerUser() : undefined

  it('moves where the server’s user can reach it, and leaves a note', async () => {
    const home = await mkdtemp(join(homedir(), 'barograph-test-'))
    try {
      const folder = await prepareDemoFolder(join(home, 'demo'), user)
      expect(folder.path).toMatch(/^\/var\/lib\/barograph\/demo-[0-9a-f]{10}$/)
      expect(user !== undefined && (await mayWalk(folder.path, user))).toBe(true)
      expect(await readFile(join(home, 'demo', 'moved-to.txt'), 'utf8')).toBe(`${folder.path}\n`)
      await rm(folder.path, { recursive: true })
    } finally {
      await rm(home, { recursive: true })
    }
  })

  it('stays in a temporary folder, which may then be passed through but not listed', async () => {
    const base = await mkdtemp(join(tmpdir(), 'barograph-test-'))
    try {
      const folder = await prepareDemoFolder(join(base, 'demo'), user)
      expect(folder.path).toBe(join(base, 'demo'))
      expect((await stat(base)).mode & 0o777).toBe(0o701)
    } finally {
      await rm(base, { recursive: true })
    }
  })

  it('runs from a copy of programs that the server’s user can’t read, with their library links mended', async () => {
    const base = await mkdtemp(join(tmpdir(), 'barograph-test-'))
    const folder = join(base, 'native')
    await mkdir(join(folder, 'bin'), { recursive: true })
    await mkdir(join(folder, 'lib'))
    await writeFile(join(folder, 'bin', 'postgres'), 'a program')
    await chmod(join(folder, 'bin', 'postgres'), 0o755)
    await writeFile(join(folder, 'lib', 'libx.so.1.2'), 'a library')
    const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }]
    await writeFile(join(folder, 'pg-symlinks.json'), JSON.stringify(links))
    let copy = ''
    try {
      copy = (await makeUsable({ folder, version: '0.0', major: 0 }, user)).folder
      expect(copy).not.toBe(folder)
      expect(await readFile(join(copy, 'bin', 'postgres'), 'utf8')).toBe('a program')
      expect(await readlink(join(copy, 'lib', 'libx.so.1'))).toBe('libx.so.1.2')
      expect(user !== undefined && (await mayWalk(join(copy, 'bin'), user))).toBe(true)
      expect((await stat(dirname(copy))).mode & 0o022).toBe(0)
    } finally {
      await rm(base, { recursive: true })
      if (copy.includes('postgresql-0.0')) await rm(copy, { recursive: true })
    }
  })
})
