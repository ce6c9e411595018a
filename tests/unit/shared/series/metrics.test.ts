import { describe, expect, it } from 'vitest'
import { isMetricId, metricDefinitions } from '#shared/series/index.ts'

const all = Object.entries(metricDefinitions)

describe('the catalogue of metrics', () => {
  it('names each by area and figure', () => {
    expect(all.map(([id]) => id).filter((id) => !/^[a-z]+\.[a-z]+(-[a-z]+)*$/.test(id))).toEqual([])
  })

  it('has the unit in the name of each that is measured in one', () => {
    const wrong = all.filter(([id, { unit }]) => {
      if (unit === 'ms') return !/(^|[.-])ms$/.test(id)
      if (unit === 'bytes') return !/(^|[.-])bytes$/.test(id)
      return /[.-](ms|bytes)$/.test(id)
    })
    expect(wrong.map(([id]) => id)).toEqual([])
  })

  it('says what each means and where it comes from', () => {
    expect(all.filter(([, { label, source }]) => label === '' || source === '')).toEqual([])
  })

  it('knows its own ids only', () => {
    expect(isMetricId('database.commits')).toBe(true)
    expect(isMetricId('toString')).toBe(false)
  })
})
