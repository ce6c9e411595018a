import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { parseVersion } from '#main/demo/server/binaries.ts'
import { keepTail } from '#main/demo/server/output-tail.ts'
import { parsePostmasterFile } from '#main/demo/server/postmaster-file.ts'
import { askForBirth, describeOwnBirth, isSameProcess } from '#main/demo/server/process-birth.ts'
import { parsePasswd } from '#main/demo/server/server-user.ts'

describe('postmaster.pid', () => {
  it('tells pid, port, socket folder and whether connections are taken', () => {
    const text = '812\n/data\n1795213000\n5432\n/run/sockets\n\n  5005 3\nready   \n'
    expect(parsePostmasterFile(text)).toStrictEqual({
      pid: 812,
      port: 5432,
      socketFolder: '/run/sockets',
      host: undefined,
      isReady: true,
    })
  })

  it('is not ready while the server starts, and tells nothing while it is empty', () => {
    expect(parsePostmasterFile('812\n/data\n1795213000\n5432\n\n127.0.0.1\n\nstarting\n')?.isReady).toBe(
      false,
    )
    expect(parsePostmasterFile('')).toBeUndefined()
  })
})

describe('/etc/passwd', () => {
  it('gives users with their numbers, macOS’ negative ones too', () => {
    const text =
      '# comment\nroot:x:0:0:root:/root:/bin/sh\nnobody:*:-2:-2:Unprivileged:/var/empty:/usr/bin/false\n'
    expect(parsePasswd(text)).toStrictEqual([
      { name: 'root', uid: 0, gid: 0 },
      { name: 'nobody', uid: 4_294_967_294, gid: 4_294_967_294 },
    ])
  })
})

describe('the version of a package', () => {
  it('is the server’s own', () => {
    expect(parseVersion('18.4.0-beta.17')).toStrictEqual({ version: '18.4', major: 18 })
  })
})

describe('the tail of a server’s output', () => {
  it('puts the fatal line before the hints that follow it', async () => {
    const stream = Readable.from(['LOG:  one\nFATAL:  could not', ' write\nHINT:  free some space\n'])
    const tail = keepTail(stream)
    await new Promise((resolve) => stream.on('end', resolve))
    expect(tail.lastLine()).toBe('FATAL:  could not write')
  })
})

describe('the birth of a process', () => {
  it('tells a process from a later one with the same pid', async () => {
    const birth = await describeOwnBirth()
    expect(await isSameProcess(process.pid, birth)).toBe(true)
    expect(await isSameProcess(process.pid, `${birth}0`)).toBe(false)
    expect(await isSameProcess(2 ** 22 - 3, birth)).toBe(false)
  })

  it.skipIf(process.platform === 'win32')(
    'is known to ps within seconds, for systems without /proc',
    async () => {
      const bornAtMs = Date.now() - process.uptime() * 1_000
      expect(Math.abs(((await askForBirth(process.pid)) ?? 0) - bornAtMs)).toBeLessThan(5_000)
    },
  )
})
