import { describe, expect, it } from 'vitest'
import {
  createParameterMemory,
  fitParameters,
  fromRunParameters,
  toRunParameters,
} from '../../../../../src/renderer/panels/query/parameters.ts'

const value = (text: string) => ({ text, isNull: false })

describe('parameters', () => {
  it('keep their values while others come and go behind them', () => {
    expect(fitParameters([value('a'), value('b')], 1)).toEqual([value('a')])
    expect(fitParameters([value('a')], 2)).toEqual([value('a'), value('')])
  })

  it('tell NULL from an empty text, and send only types that are known', () => {
    expect(toRunParameters([{ text: 'x', isNull: true }, value('')], ['integer', 'unknown'])).toEqual([
      { value: null, type: 'integer' },
      { value: '' },
    ])
    expect(toRunParameters([value('7')], undefined)).toEqual([{ value: '7' }])
  })

  it('come back from a run', () => {
    expect(fromRunParameters([{ value: null }, { value: 'a', type: 'text' }])).toEqual([
      { text: '', isNull: true },
      value('a'),
    ])
  })

  it('are remembered by statement, whatever its spacing, for a bounded number of statements', () => {
    const memory = createParameterMemory()
    memory.remember('select  $1\n', [value('1')])
    expect(memory.recall('select $1')).toEqual([value('1')])
    expect(memory.recall('select $2')).toBeUndefined()
    for (let n = 0; n < 200; n += 1) memory.remember(`select $1 + ${n}`, [])
    expect(memory.recall('select $1')).toBeUndefined()
    expect(memory.recall('select $1 + 199')).toEqual([])
  })
})
