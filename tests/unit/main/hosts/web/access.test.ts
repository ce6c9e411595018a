import { describe, expect, it } from 'vitest'
import { createAccess } from '#main/hosts/web/access.ts'

const access = createAccess(4711)
const cookie = access.setCookie.split(';')[0] ?? ''
const ours = { host: '127.0.0.1:4711', origin: 'http://127.0.0.1:4711', cookie }

describe('access to the web host', () => {
  it('is given to a browser that holds the cookie, on a page of ours', () => {
    expect(access.judge(ours, 'upgrade')).toBe('allowed')
    expect(
      access.judge({ ...ours, host: 'localhost:4711', origin: 'http://localhost:4711' }, 'upgrade'),
    ).toBe('allowed')
  })

  it('needs no origin to load a page, but does to open the contract', () => {
    const { host } = ours
    expect(access.judge({ host, cookie }, 'request')).toBe('allowed')
    expect(access.judge({ host, cookie }, 'upgrade')).toBe('wrong-origin')
  })

  it.each([
    ['another name for this address', { host: 'evil.example:4711' }],
    ['a missing name', { host: undefined }],
    ['another port', { host: '127.0.0.1:80' }],
    ['a name that starts like ours', { host: '127.0.0.1:4711.evil.example' }],
  ])('is denied to %s', (_what, headers) => {
    expect(access.judge({ ...ours, ...headers }, 'request')).toBe('wrong-host')
  })

  it.each([
    'http://evil.example',
    'http://127.0.0.1:8080',
    'http://localhost:4711',
    'https://127.0.0.1:4711',
    'null',
    '',
  ])('is denied to pages of %j', (origin) => {
    expect(access.judge({ ...ours, origin }, 'request')).toBe('wrong-origin')
    expect(access.judge({ ...ours, origin }, 'upgrade')).toBe('wrong-origin')
  })

  it.each([
    undefined,
    '',
    'barograph-4711=',
    'barograph-4711=wrong',
    'barograph-4712=0',
    `x${cookie}`,
    `${cookie}x`,
    cookie.slice(0, -1),
  ])('is denied with the cookie %j', (wrong) => {
    expect(access.judge({ host: ours.host, origin: ours.origin, cookie: wrong }, 'upgrade')).toBe('no-key')
  })

  it('finds its cookie among those of other servers on this machine', () => {
    expect(access.judge({ ...ours, cookie: `theme=dark; ${cookie};other=1` }, 'upgrade')).toBe('allowed')
  })

  it('admits the token again and again, a ticket only once', () => {
    expect(access.admits(access.token)).toBe(true)
    expect(access.admits(access.token)).toBe(true)
    const ticket = access.issueTicket()
    expect(access.admits(ticket)).toBe(true)
    expect(access.admits(ticket)).toBe(false)
    expect(access.admits('')).toBe(false)
  })

  it('gives a cookie that scripts and other sites never see, and that is not the token', () => {
    expect(access.setCookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(access.setCookie).not.toContain(access.token)
    expect(access.token).toHaveLength(43)
    expect(createAccess(4711).token).not.toBe(access.token)
  })
})
