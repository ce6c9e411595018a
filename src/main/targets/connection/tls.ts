import { isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'
import { ConnectProblem } from './connect-problem.ts'
import { quote } from './ready-stream.ts'
import { type Deadline, withDeadline } from './socket.ts'

/** How a connection is encrypted and what is checked about the server. */
export interface TlsOptions {
  /** Name the certificate must bear when `checkHost`; also sent as SNI. */
  readonly host: string
  /** PEM of the authorities, or absent: the chain is not checked. */
  readonly authorities?: string | readonly string[]
  readonly checkHost: boolean
  readonly certificate?: string
  readonly key?: string
}

const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/**
 * Asks for TLS and does the handshake; `undefined` when the server doesn't offer it (the socket stays usable).
 *
 * @source PostgreSQL manual, "SSL Session Encryption" in the message flow
 */
export async function negotiateTls(
  socket: Socket,
  options: TlsOptions,
  deadline: Deadline,
): Promise<TLSSocket | undefined> {
  const answered = readAnswer(socket)
  socket.write(sslRequest)
  const answer = await withDeadline(answered, deadline, socket, 'answer to the request for TLS')
  const first = String.fromCharCode(answer[0] ?? 0)
  // More than one byte before the handshake is either another protocol or an attack (CVE-2021-23222).
  if (answer.length === 1 && first === 'N') return undefined
  if (answer.length !== 1 || first !== 'S') {
    socket.destroy()
    throw first === 'E' ? errorInsteadOfTls(answer) : new ConnectProblem('not-postgresql', quote(answer))
  }
  return await handshake(socket, options, deadline)
}

/** The server's first bytes after the request; the socket is handed back paused and without our listeners. */
function readAnswer(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      socket.off('data', onData).off('error', onError).off('close', onClose)
    }
    const onData = (chunk: Buffer): void => {
      socket.pause()
      done()
      resolve(chunk)
    }
    const onError = (error: Error): void => {
      done()
      reject(error)
    }
    const onClose = (): void => {
      done()
      reject(new ConnectProblem('not-postgresql', 'It closed the connection when asked for TLS.'))
    }
    socket.on('data', onData).on('error', onError).on('close', onClose)
  })
}

/** A server that can't even start a process answers with an error in place of the byte. */
function errorInsteadOfTls(answer: Buffer): ConnectProblem {
  const text = answer.toString('utf8', 1).replaceAll(/[^\P{C}]+/gu, ' ')
  return new ConnectProblem('unknown', text.trim().slice(0, 300))
}

async function handshake(socket: Socket, options: TlsOptions, deadline: Deadline): Promise<TLSSocket> {
  const secured = connect({
    socket,
    host: options.host,
    // An address is no server name (RFC 6066, section 3).
    ...(isIP(options.host) === 0 ? { servername: options.host } : {}),
    ...(options.authorities === undefined ? {} : { ca: options.authorities as string | string[] }),
    ...(options.certificate === undefined ? {} : { cert: options.certificate }),
    ...(options.key === undefined ? {} : { key: options.key }),
    // Checked below, with better words than Node's; nothing is sent before.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  })
  secured.on('error', () => {})
  await withDeadline(secureConnection(secured), deadline, socket, 'end of the TLS handshake')
  const problem = checkCertificate(secured, options)
  if (problem === undefined) return secured
  secured.destroy()
  throw problem
}

function secureConnection(secured: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      secured.off('secureConnect', onSecure).off('error', onError).off('close', onClose)
    }
    const onSecure = (): void => {
      done()
      resolve()
    }
    const onError = (cause: Error): void => {
      done()
      reject(new ConnectProblem('tls-untrusted', `The TLS handshake failed: ${cause.message}`, cause))
    }
    const onClose = (): void => {
      done()
      reject(
        new ConnectProblem('tls-untrusted', 'The server closed the connection during the TLS handshake.'),
      )
    }
    secured.on('secureConnect', onSecure).on('error', onError).on('close', onClose)
  })
}

function checkCertificate(secured: TLSSocket, options: TlsOptions): ConnectProblem | undefined {
  if (options.authorities !== undefined && !secured.authorized) {
    return new ConnectProblem('tls-untrusted', explainMistrust(secured.authorizationError))
  }
  if (!options.checkHost) return undefined
  const wrong = checkServerIdentity(options.host, secured.getPeerCertificate())
  return wrong === undefined ? undefined : new ConnectProblem('tls-wrong-host', wrong.message, wrong)
}

/** OpenSSL's codes for the usual reasons; others are said as they are. */
const reasons: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'no root certificate vouches for its authority',
  UNABLE_TO_GET_ISSUER_CERT: 'no root certificate vouches for its authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'no root certificate vouches for its authority',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself only',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not among the root certificates',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it was revoked',
}

function explainMistrust(reason: unknown): string {
  const code = reason instanceof Error ? reason.message : String(reason)
  return reasons[code] === undefined ? code : `${reasons[code]} (${code})`
}
