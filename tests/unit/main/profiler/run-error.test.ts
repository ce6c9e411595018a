import { describe, expect, it } from 'vitest'
import { ServerError } from '#main/targets/index.ts'
import { WorkbenchError } from '#shared/session/index.ts'
import { toRunError } from '../../../../src/main/profiler/run/run-error.ts'

describe('the error of a run', () => {
  it('points into the statement, not into what was put before it', () => {
    const error = new ServerError('column "x" does not exist', {
      sqlState: '42703',
      position: 30,
      hint: 'Try y.',
    })
    expect(toRunError(error, 22)).toEqual({
      code: '42703',
      message: 'column "x" does not exist',
      hint: 'Try y.',
      position: 8,
    })
    expect(toRunError(error, 30)).not.toHaveProperty('position')
  })

  it('adds what to do where the server doesn’t say', () => {
    const error = new ServerError('VACUUM cannot run inside a transaction block', { sqlState: '25001' })
    expect(toRunError(error).hint).toContain('autocommit')
    const refused = new ServerError('cannot execute UPDATE in a read-only transaction', { sqlState: '25006' })
    expect(toRunError(refused).hint).toContain('standby')
  })

  it('tells a value too long for a string from a lost connection', () => {
    const cause = Object.assign(new Error('Cannot create a string'), { code: 'ERR_STRING_TOO_LONG' })
    expect(toRunError(new WorkbenchError('CONNECTION_LOST', 'gone', { cause })).code).toBe('TOO_LARGE')
    expect(toRunError(new WorkbenchError('CONNECTION_LOST', 'gone', { advice: 'Look.' }))).toEqual({
      code: 'CONNECTION_LOST',
      message: 'gone',
      hint: 'Look.',
    })
    expect(toRunError('odd')).toEqual({ code: 'INTERNAL', message: 'odd' })
  })
})
