import { describe, expect, it } from 'vitest'
import { resolveTarget } from '#main/targets/settings/resolve.ts'
import { makeEnvironment } from '../make-environment.ts'

describe('resolving a target', () => {
  it('ends at libpq’s defaults', () => {
    const environment = makeEnvironment({ sockets: ['/tmp/.s.PGSQL.5432'] })
    expect(resolveTarget({}, environment)).toEqual({
      settings: {
        host: '/tmp',
        port: 5432,
        user: 'ada',
        database: 'ada',
        sslMode: 'prefer',
        connectTimeoutMs: 10_000,
      },
      address: { kind: 'unix', path: '/tmp/.s.PGSQL.5432' },
    })
  })

  it('prefers the socket folder in which a server listens on that port', () => {
    const sockets = ['/var/run/postgresql/.s.PGSQL.5432', '/tmp/.s.PGSQL.5433']
    const environment = makeEnvironment({ sockets })
    expect(resolveTarget({}, environment).settings.host).toBe('/var/run/postgresql')
    expect(resolveTarget({ port: 5433 }, environment).settings.host).toBe('/tmp')
    expect(resolveTarget({ port: 5499 }, environment).settings.host).toBe('/var/run/postgresql')
    expect(resolveTarget({}, makeEnvironment({ platform: 'win32' })).settings.host).toBe('localhost')
  })

  it('lets settings overrule their service, the service the variables, and those the defaults', () => {
    const environment = makeEnvironment({
      variables: { PGHOST: 'env', PGPORT: '1', PGUSER: 'env', PGDATABASE: 'env', PGSSLMODE: 'require' },
      files: { '/home/ada/.pg_service.conf': '[shop]\nhost=service\nport=2\nuser=service' },
    })
    expect(resolveTarget({ service: 'shop', host: 'given' }, environment).settings).toMatchObject({
      host: 'given',
      port: 2,
      user: 'service',
      database: 'env',
      sslMode: 'require',
      connectTimeoutMs: 10_000,
    })
  })

  it('takes the service of the variable', () => {
    const environment = makeEnvironment({
      variables: { PGSERVICE: 'shop' },
      files: { '/home/ada/.pg_service.conf': '[shop]\nhost=service' },
    })
    expect(resolveTarget({}, environment).settings.host).toBe('service')
  })

  it('counts empty texts as absent', () => {
    const environment = makeEnvironment({ variables: { PGHOST: '', PGUSER: 'env' } })
    expect(resolveTarget({ user: '', host: 'h' }, environment).settings).toMatchObject({
      host: 'h',
      user: 'env',
    })
  })

  it('connects to the address beside a name, unless a host was given', () => {
    const environment = makeEnvironment({ variables: { PGHOST: 'name', PGHOSTADDR: '10.0.0.1' } })
    expect(resolveTarget({}, environment)).toMatchObject({
      settings: { host: 'name' },
      address: { kind: 'tcp', host: '10.0.0.1' },
    })
    expect(resolveTarget({ host: 'given' }, environment).address).toMatchObject({ host: 'given' })
  })

  it('finds the password: variable, service before it, password file last', () => {
    const files = {
      '/home/ada/.pg_service.conf': '[shop]\nhost=h\npassword=of-service\n[bare]\nhost=h',
      '/home/ada/.pgpass': 'h:5432:*:ada:of-file\nlocalhost:*:*:*:of-socket',
    }
    const withVariable = makeEnvironment({ files, variables: { PGPASSWORD: 'of-variable' } })
    expect(resolveTarget({ service: 'shop' }, withVariable).password).toBe('of-service')
    expect(resolveTarget({ service: 'bare' }, withVariable).password).toBe('of-variable')
    expect(resolveTarget({ service: 'bare' }, makeEnvironment({ files })).password).toBe('of-file')
    expect(resolveTarget({ host: '/tmp' }, makeEnvironment({ files })).password).toBe('of-socket')
    expect(resolveTarget({ host: '/else' }, makeEnvironment({ files })).password).toBeUndefined()
  })

  it('says why a password file was not used', () => {
    const files = { '/home/ada/.pgpass': { text: '*:*:*:*:x', mode: 0o644 } }
    const target = resolveTarget({ host: 'h' }, makeEnvironment({ files }))
    expect(target.password).toBeUndefined()
    expect(target.passfileProblem).toContain('chmod 600')
  })

  it('verifies fully by default where the system’s authorities are named', () => {
    expect(resolveTarget({ host: 'h', sslRootCert: 'system' }, makeEnvironment()).settings.sslMode).toBe(
      'verify-full',
    )
  })

  it('knows the old variable for TLS', () => {
    const environment = makeEnvironment({ variables: { PGREQUIRESSL: '1' } })
    expect(resolveTarget({ host: 'h' }, environment).settings.sslMode).toBe('require')
  })

  it('refuses null bytes, which would end a text early on the wire', () => {
    expect(() => resolveTarget({ user: 'ada\0database\0postgres' }, makeEnvironment())).toThrow(/null byte/)
  })

  it.each([{ PGPORT: 'many' }, { PGSSLMODE: 'maybe' }, { PGHOST: 'one,two' }, { PGSERVICE: 'gone' }])(
    'complains about %j',
    (variables) => {
      expect(() => resolveTarget({}, makeEnvironment({ variables }))).toThrow(
        /settings-invalid|service-unknown/,
      )
    },
  )
})
