import { describe, expect, it } from 'vitest'
import {
  defaultOptions,
  formatTimeout,
  optionsForRun,
  parseOptions,
  summarizeOptions,
  unavailable,
} from '../../../../../src/renderer/panels/query/options.ts'

describe('run options', () => {
  it('are told in a line', () => {
    expect(summarizeOptions(defaultOptions, 180_000)).toBe(
      'writes roll back · timeout 60 s · buffers, wal, settings',
    )
    const other = {
      ...defaultOptions,
      onEnd: 'commit',
      statementTimeoutMs: 0,
      explain: { ...defaultOptions.explain, buffers: false, timing: false, serialize: 'text', memory: true },
    } as const
    expect(summarizeOptions(other, 180_000)).toBe(
      'writes are committed · no timeout · wal, settings, serialize, memory, no node timing',
    )
  })

  it('leave out of the line what the server lacks, and say why', () => {
    const memory = { ...defaultOptions, explain: { ...defaultOptions.explain, memory: true } }
    expect(summarizeOptions(memory, 150_004)).not.toContain('memory')
    expect(unavailable(170_000, 150_004)).toBe('needs PostgreSQL 17, this server is 15')
    expect(unavailable(170_000, 170_000)).toBeUndefined()
    expect(unavailable(170_000, undefined)).toBeUndefined()
  })

  it.each([
    [0, 'no timeout'],
    [5_000, 'timeout 5 s'],
    [60_000, 'timeout 60 s'],
    [300_000, 'timeout 5 min'],
    [250, 'timeout 250 ms'],
  ])('name a timeout of %i ms "%s"', (ms, words) => {
    expect(formatTimeout(ms)).toBe(words)
  })

  it('come back after a restart, except for committing', () => {
    const kept = { ...defaultOptions, onEnd: 'commit', maxRows: 1_000, sampleHz: 100 }
    expect(parseOptions(JSON.stringify(kept))).toEqual({ ...kept, onEnd: 'rollback' })
  })

  it.each([undefined, '', 'nonsense', 'null', '{"maxRows":-1,"explain":7,"sampleHz":"fast"}'])(
    'fall back to the defaults on %s',
    (text) => {
      expect(parseOptions(text)).toEqual(defaultOptions)
    },
  )

  it('become a run’s options, outside a transaction only where that was agreed', () => {
    expect(optionsForRun(defaultOptions, 'run', false).onEnd).toBe('rollback')
    expect(optionsForRun({ ...defaultOptions, onEnd: 'commit' }, 'run', false).onEnd).toBe('commit')
    expect(optionsForRun(defaultOptions, 'run', true).onEnd).toBe('autocommit')
  })
})
