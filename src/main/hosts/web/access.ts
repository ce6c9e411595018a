import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Why a request is turned away, or that it is not. */
export type Verdict = 'allowed' | 'wrong-host' | 'wrong-origin' | 'no-key'

export interface Access {
  /** Opens the workbench as often as asked for as long as it runs; printed once. */
  readonly token: string
  /** A token for one use: command lines of other programs can be read by other users. */
  issueTicket(): string
  /** True for the token and for a ticket that was not used yet. */
  admits(token: string): boolean
  /** `Set-Cookie` for a browser that showed a token. */
  readonly setCookie: string
  /** Judges a request by its headers; an upgrade to a WebSocket must name its origin. */
  judge(headers: IncomingHttpHeaders, kind: 'request' | 'upgrade'): Verdict
}

/**
 * Who may talk to the web host: browsers that showed the token, on pages of our own.
 *
 * Host is checked against DNS rebinding, Origin against pages of other sites and of other local servers (cookies do
 * not know ports). The cookie's name carries the port, so that two workbenches do not sign each other out.
 */
export function createAccess(port: number): Access {
  const token = newSecret()
  const cookie = newSecret()
  const cookieName = `barograph-${port}`
  const tickets = new Set<string>()
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]

  return {
    token,
    issueTicket() {
      const ticket = newSecret()
      tickets.add(ticket)
      return ticket
    },
    admits(shown) {
      if (isSame(shown, token)) return true
      const ticket = [...tickets].find((known) => isSame(shown, known))
      return ticket !== undefined && tickets.delete(ticket)
    },
    setCookie: `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
    judge(headers, kind) {
      if (headers.host === undefined || !hosts.includes(headers.host)) return 'wrong-host'
      const originNeeded = kind === 'upgrade' || headers.origin !== undefined
      if (originNeeded && headers.origin !== `http://${headers.host}`) return 'wrong-origin'
      return cookieValues(headers.cookie, cookieName).some((value) => isSame(value, cookie))
        ? 'allowed'
        : 'no-key'
    },
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares digests, so that neither content nor length shows in the time it takes. */
function isSame(shown: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(shown), digest(secret))
}

function cookieValues(header: string | undefined, name: string): readonly string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
