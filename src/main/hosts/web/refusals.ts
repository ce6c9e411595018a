import { STATUS_CODES } from 'node:http'
import type { Verdict } from './access.ts'

/** What somebody who is turned away gets to read: a status and what to do. */
export interface Refusal {
  readonly status: number
  readonly text: string
}

export const refusals: { readonly [V in Exclude<Verdict, 'allowed'>]: Refusal } = {
  'no-key': {
    status: 401,
    text:
      'This is a Barograph workbench, and this browser has not shown its key.\n' +
      'Open the address that was printed when the workbench was started; it ends in ?token=…\n',
  },
  'wrong-host': {
    status: 403,
    text:
      'This address does not belong to the workbench.\n' +
      'Use the address that was printed at its start: http://127.0.0.1 with its port.\n',
  },
  'wrong-origin': {
    status: 403,
    text: 'Pages of other sites and servers may not talk to the workbench.\n',
  },
}

/** The same refusal for a socket that asked for an upgrade and never gets a response object. */
export function rawRefusal({ status, text }: Refusal): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    '',
    text,
  ].join('\r\n')
}
