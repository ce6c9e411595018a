import { describe, expect, it } from 'vitest'
import { ConnectProblem } from '#main/targets/connection/connect-problem.ts'
import { diagnoseConnection, ServerError } from '#main/targets/index.ts'
import { connectionProblems, type TargetSettings, WorkbenchError } from '#shared/session/index.ts'

const settings: TargetSettings = { host: 'db.example.org', port: 5433, user: 'ada', database: 'shop' }

function systemError(code: string): Error {
  return Object.assign(new Error(`connect ${code} 10.0.0.1:5433`), { code })
}

describe('a diagnosis', () => {
  it.each(connectionProblems)('has words and advice for %s, in whole sentences', (problem) => {
    const { message, advice } = diagnoseConnection(new ConnectProblem(problem, 'The detail.'), settings)
    for (const text of [message, advice]) {
      expect(text).toMatch(/^[A-Z]|^db\.example|^ada/)
      expect(text).toMatch(/[.;:)]$|[a-z]$/)
      expect(text).not.toMatch(/undefined|null|\[object/)
    }
  })

  it.each([
    ['ENOTFOUND', 'host-unknown'],
    ['EAI_AGAIN', 'host-unknown'],
    ['ECONNREFUSED', 'port-refused'],
    ['ENETUNREACH', 'host-unreachable'],
    ['EHOSTUNREACH', 'host-unreachable'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'connection-lost'],
    ['EWHATEVER', 'unknown'],
  ])('reads %s as %s', (code, problem) => {
    expect(diagnoseConnection(systemError(code), settings)).toMatchObject({ problem })
  })

  it('takes a refused socket for a missing server, not for a port', () => {
    expect(diagnoseConnection(systemError('ECONNREFUSED'), { ...settings, host: '/tmp' })).toMatchObject({
      problem: 'socket-missing',
      part: 'socket',
    })
    expect(diagnoseConnection(systemError('EACCES'), { ...settings, host: '/tmp' }).message).toContain(
      'may not be opened',
    )
  })

  it('looks into the errors of several addresses', () => {
    const several = new AggregateError([systemError('ECONNREFUSED'), systemError('ENETUNREACH')])
    expect(diagnoseConnection(several, settings)).toMatchObject({ problem: 'port-refused' })
  })

  it.each([
    ['57P03', 'the database system is starting up', 'starting-up'],
    ['57P03', 'the database system is not accepting connections', 'starting-up'],
    ['57P03', 'the database system is shutting down', 'shutting-down'],
    ['53300', 'too many connections for role "ada"', 'too-many-connections'],
    ['28000', 'role "ada" does not exist', 'role-unknown'],
    ['28000', 'role "ada" is not permitted to log in', 'authentication-refused'],
    ['XX000', 'something else', 'unknown'],
    // As PgBouncer 1.18 says it.
    ['08P01', 'no such database: nope', 'database-unknown'],
    ['08P01', '"trust" authentication failed', 'authentication-refused'],
    ['08P01', 'SASL authentication failed', 'password-wrong'],
    ['08P01', 'no more connections allowed (max_client_conn)', 'too-many-connections'],
    ['08P01', 'query_wait_timeout', 'unknown'],
    ['08P01', 'unsupported startup parameter: options', 'settings-invalid'],
  ])('reads %s “%s” as %s', (sqlState, message, problem) => {
    expect(diagnoseConnection(new ServerError(message, { sqlState }), settings)).toMatchObject({
      problem,
      detail: message,
    })
  })

  it('hands on one that was made before', () => {
    const diagnosis = diagnoseConnection(new ConnectProblem('timeout', 'No answer.'), settings)
    const error = new WorkbenchError('CONNECTION_FAILED', 'x', { data: { diagnosis } })
    expect(diagnoseConnection(error, {})).toBe(diagnosis)
  })

  it('quotes names in the statements it offers', () => {
    const odd = { ...settings, user: 'a"b' }
    expect(diagnoseConnection(new ConnectProblem('role-unknown', ''), odd).advice).toContain(
      'CREATE ROLE "a""b" LOGIN;',
    )
  })
})
