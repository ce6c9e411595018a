import { describe, expect, it } from 'vitest'
import { findService, parseServiceFile, serviceFilePaths } from '#main/targets/settings/service-file.ts'
import { makeEnvironment } from '../make-environment.ts'

describe('a service file', () => {
  it('holds sections of keyword=value lines; the first of a name and of a keyword counts', () => {
    const services = parseServiceFile(
      '# mine\n[shop]\nhost=one\n  port=5433  \nhost=two\npassword=a b=c\n\n[empty]\n[shop]\nhost=three\n',
      '/f',
    )
    expect([...services]).toEqual([
      ['shop', { host: 'one', port: '5433', password: 'a b=c' }],
      ['empty', {}],
    ])
  })

  it.each(['[a]\nnonsense', '[a]\nhost = spaced', '[a]\nservice=b', '[a]\ncolour=red'])(
    '%j is refused with file and line',
    (text) => {
      expect(() => parseServiceFile(text, '/f')).toThrow(/Line 2 of \/f/)
    },
  )

  it('is looked for at home and then in the system’s folder', () => {
    const environment = makeEnvironment({
      variables: { PGSYSCONFDIR: '/etc/pg' },
      files: {
        '/home/ada/.pg_service.conf': '[mine]\nhost=home\n[both]\nhost=home',
        '/etc/pg/pg_service.conf': '[theirs]\nhost=etc\n[both]\nhost=etc',
      },
    })
    expect(findService('mine', environment)).toEqual({ host: 'home' })
    expect(findService('theirs', environment)).toEqual({ host: 'etc' })
    expect(findService('both', environment)).toEqual({ host: 'home' })
  })

  it('of the variable replaces the one at home', () => {
    const environment = makeEnvironment({
      variables: { PGSERVICEFILE: '/x' },
      files: { '/home/ada/.pg_service.conf': '[mine]\nhost=home', '/x': '[mine]\nhost=x' },
    })
    expect(findService('mine', environment)).toEqual({ host: 'x' })
    expect(serviceFilePaths(environment)[0]).toBe('/x')
  })

  it('that lacks the service is named in the complaint', () => {
    expect(() => findService('gone', makeEnvironment())).toThrow(
      /\[gone\] in \/home\/ada\/\.pg_service\.conf/,
    )
  })
})
