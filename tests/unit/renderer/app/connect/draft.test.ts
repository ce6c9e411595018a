import { describe, expect, it } from 'vitest'
import {
  type Draft,
  draftOf,
  emptyDraft,
  fieldsOf,
  readDraft,
  withSettings,
} from '#renderer/app/connect/draft.ts'
import type { ConnectionDiagnosis, TargetSettings } from '#shared/session/index.ts'

const fields: Draft = { ...emptyDraft, way: 'fields' }

const everything: TargetSettings = {
  host: 'db.example.org',
  port: 5433,
  database: 'shop',
  user: 'report',
  sslMode: 'verify-full',
  sslRootCert: '/ca.pem',
  connectTimeoutMs: 2_500,
}

describe('the connect form', () => {
  it('says nothing about what was left empty', () => {
    expect(readDraft(fields)).toEqual({ ok: true, settings: {} })
  })

  it('gives settings back as they came', () => {
    expect(readDraft(withSettings(fields, everything))).toEqual({ ok: true, settings: everything })
    const service = draftOf({ targetId: 't', name: 'n', settings: { service: 'replica' }, hasSecret: false })
    expect(service.way).toBe('service')
    expect(readDraft(service)).toEqual({ ok: true, settings: { service: 'replica' } })
  })

  it('trims what was pasted with blanks', () => {
    expect(readDraft({ ...fields, host: ' localhost ', port: ' 5432 ' })).toEqual({
      ok: true,
      settings: { host: 'localhost', port: 5432 },
    })
  })

  it.each(['0', '65536', '5432.5', 'five'])('points at the port if it is %s', (port) => {
    expect(readDraft({ ...fields, port })).toMatchObject({
      ok: false,
      problems: { port: expect.any(String) },
    })
  })

  it('points at a timeout that is out of reach and at a missing service', () => {
    expect(readDraft({ ...fields, timeoutSeconds: '500' })).toHaveProperty('problems.timeoutSeconds')
    expect(readDraft({ ...fields, way: 'service' })).toHaveProperty('problems.service')
  })

  it('leaves host and port to the service', () => {
    const draft: Draft = { ...fields, way: 'service', service: 'replica', host: 'elsewhere', port: '1' }
    expect(readDraft(draft)).toEqual({ ok: true, settings: { service: 'replica' } })
  })

  it('never takes a password from a saved target', () => {
    expect(draftOf({ targetId: 't', name: 'n', settings: everything, hasSecret: true }).password).toBe('')
  })
})

describe('a diagnosis', () => {
  const about = (problem: ConnectionDiagnosis['problem'], part: ConnectionDiagnosis['part']) => ({
    problem,
    part,
    message: '',
    advice: '',
  })

  it('points at the field that it is about', () => {
    expect(fieldsOf(about('port-refused', 'port'), 'fields')).toEqual(['port'])
    expect(fieldsOf(about('password-wrong', 'authentication'), 'fields')).toEqual(['password'])
    expect(fieldsOf(about('tls-untrusted', 'tls'), 'fields')).toEqual(['sslRootCert'])
    expect(fieldsOf(about('tls-required', 'tls'), 'fields')).toEqual(['sslMode'])
    expect(fieldsOf(about('too-many-connections', 'server'), 'fields')).toEqual([])
  })

  it('points at the URL where there is nothing but a URL', () => {
    expect(fieldsOf(about('port-refused', 'port'), 'url')).toEqual(['url'])
    expect(fieldsOf(about('password-wrong', 'authentication'), 'url')).toEqual(['password'])
  })
})
