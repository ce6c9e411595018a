import { describe, expect, it } from 'vitest'
import { resolveDataFolder } from '#main/hosts/common/index.ts'

const linux = { platform: 'linux', environment: {}, home: '/home/ada' } as const

describe('the data folder', () => {
  it('is what the command line says, before what the environment says', () => {
    const surroundings = { ...linux, environment: { BAROGRAPH_DATA: '/from/environment' } }
    expect(resolveDataFolder('/from/option', surroundings)).toBe('/from/option')
    expect(resolveDataFolder(undefined, surroundings)).toBe('/from/environment')
  })

  it('follows the XDG variables on Linux, unless they are relative', () => {
    expect(resolveDataFolder(undefined, linux)).toBe('/home/ada/.local/share/barograph')
    expect(resolveDataFolder(undefined, { ...linux, environment: { XDG_DATA_HOME: '/data' } })).toBe(
      '/data/barograph',
    )
    expect(resolveDataFolder(undefined, { ...linux, environment: { XDG_DATA_HOME: 'data' } })).toBe(
      '/home/ada/.local/share/barograph',
    )
  })

  it('lies where macOS and Windows keep application data', () => {
    const mac = { platform: 'darwin', environment: {}, home: '/Users/ada' } as const
    expect(resolveDataFolder(undefined, mac)).toBe('/Users/ada/Library/Application Support/Barograph')
    const windows = {
      platform: 'win32',
      environment: { APPDATA: 'C:\\Roaming' },
      home: 'C:\\Users\\ada',
    } as const
    expect(resolveDataFolder(undefined, windows)).toBe('C:\\Roaming\\Barograph')
    expect(resolveDataFolder(undefined, { ...windows, environment: {} })).toBe(
      'C:\\Users\\ada\\AppData\\Roaming\\Barograph',
    )
  })

  it('takes an empty variable for none', () => {
    expect(resolveDataFolder('', { ...linux, environment: { BAROGRAPH_DATA: '' } })).toBe(
      '/home/ada/.local/share/barograph',
    )
  })
})
