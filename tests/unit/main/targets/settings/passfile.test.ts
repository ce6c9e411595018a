import { describe, expect, it } from 'vitest'
import { findPassword, passfilePath, readPassfile } from '#main/targets/settings/passfile.ts'
import { makeEnvironment } from '../make-environment.ts'

const key = { host: 'db.example.org', port: 5432, database: 'shop', user: 'ada' }

describe('the password file', () => {
  it.each([
    ['db.example.org:5432:shop:ada:one', 'one'],
    ['*:*:*:*:any', 'any'],
    ['other:5432:shop:ada:no\n*:5432:*:ada:second', 'second'],
    ['*:*:*:ada:first\n*:*:*:ada:second', 'first'],
    ['# *:*:*:*:comment\n*:*:*:*:after', 'after'],
    ['*:*:*:ada:a\\:b\\\\c', 'a:b\\c'],
    ['*:*:*:ada:with:colons', 'with:colons'],
    ['*:*:*:ada:windows\r\n', 'windows'],
    ['*:*:*:ada:', undefined],
    ['*:5433:*:*:other port', undefined],
    ['*:*:*:ada', undefined],
    ['db*:*:*:*:no pattern inside a field', undefined],
    ['\\*:*:*:*:an escaped star is a star', undefined],
    ['', undefined],
  ])('%j gives %j', (text, password) => {
    expect(findPassword(text, key)).toBe(password)
  })

  it('finds hosts and users with colons and backslashes in them', () => {
    expect(
      findPassword('2001\\:db8\\:\\:1:*:*:a\\\\b:six', { ...key, host: '2001:db8::1', user: 'a\\b' }),
    ).toBe('six')
  })

  it('is ignored, with the command that mends it, when others may read it', () => {
    const environment = makeEnvironment({
      files: { '/home/ada/.pgpass': { text: '*:*:*:*:x', mode: 0o640 } },
    })
    expect(readPassfile(environment, '/home/ada/.pgpass')).toEqual({
      problem: expect.stringContaining('chmod 600 /home/ada/.pgpass') as string,
    })
  })

  it('is where the variable says, else at home', () => {
    expect(passfilePath(makeEnvironment())).toBe('/home/ada/.pgpass')
    expect(passfilePath(makeEnvironment({ variables: { PGPASSFILE: '/x' } }))).toBe('/x')
    expect(passfilePath(makeEnvironment({ platform: 'win32', variables: { APPDATA: 'C:\\A' } }))).toBe(
      'C:\\A\\postgresql\\pgpass.conf',
    )
  })
})
