import { describe, expect, it } from 'vitest'
import { readWindowOptions } from '#main/hosts/electron/command-line.ts'

describe('the command line of the window', () => {
  it('takes a session file relative to where it was started', () => {
    expect(readWindowOptions(['runs/today.barograph'], '/home/ada')).toEqual({
      demo: true,
      file: '/home/ada/runs/today.barograph',
    })
  })

  it('takes the data folder in both spellings', () => {
    expect(readWindowOptions(['--data', 'here'], '/home/ada').data).toBe('/home/ada/here')
    expect(readWindowOptions(['--data=/there'], '/home/ada').data).toBe('/there')
  })

  it("lets Chromium's switches and other files be", () => {
    const args = ['--enable-features=x.barograph', '--no-sandbox', 'notes.txt', '--no-demo']
    expect(readWindowOptions(args, '/')).toEqual({ demo: false })
  })
})
