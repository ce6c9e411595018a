import { describe, expect, it } from 'vitest'
import {
  collectParameter,
  collectSetting,
  readCount,
  readDuration,
  readHertz,
  readPort,
  readRowLimit,
} from '#main/hosts/cli/values.ts'

describe('values of options', () => {
  it.each([
    ['250', 250],
    ['500ms', 500],
    ['1.5s', 1_500],
    ['5 min', 300_000],
    ['24h', 86_400_000],
    ['0', 0],
  ])('read the duration %s', (text, ms) => expect(readDuration(text)).toBe(ms))

  it.each(['', 'soon', '-1s', '25h', '1d', '1e3', 'NaN'])('refuse the duration %j', (text) => {
    expect(() => readDuration(text)).toThrow('A duration is')
  })

  it('keep counts, rates, rows and ports within their bounds', () => {
    expect([readCount('1'), readHertz('0.5e2'), readRowLimit('10000000'), readPort('65535')]).toEqual([
      1, 50, 10_000_000, 65_535,
    ])
    for (const wrong of ['', '0', '-1', '1.5', 'x', '99999999']) {
      expect(() => readCount(wrong)).toThrow('A count is')
      expect(() => readPort(wrong)).toThrow('A port is')
      expect(() => readRowLimit(wrong)).toThrow('A number of rows is')
    }
    for (const wrong of ['', '0', '201', 'x']) expect(() => readHertz(wrong)).toThrow('A rate is')
  })

  it('collect parameters in order, \\N being NULL and the empty text a text', () => {
    expect(
      ['1', '\\N', ''].reduce(
        (before: ReturnType<typeof collectParameter>, text) => collectParameter(text, before),
        [],
      ),
    ).toEqual([{ value: '1' }, { value: null }, { value: '' }])
  })

  it('read settings, and refuse those that no run can hold', () => {
    const settings = collectSetting('Work_Mem=64MB', [])
    expect(collectSetting(' jit = off ', settings)).toEqual([
      { name: 'work_mem', value: '64MB' },
      { name: 'jit', value: 'off' },
    ])
    expect(() => collectSetting('work_mem=1MB', settings)).toThrow('twice')
    expect(() => collectSetting('search_path=x', [])).toThrow('“search_path”')
    expect(() => collectSetting('work_mem', [])).toThrow('name=value')
    expect(() => collectSetting('=64MB', [])).toThrow('name=value')
  })
})
