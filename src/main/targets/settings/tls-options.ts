import { X509Certificate } from 'node:crypto'
import { getCACertificates } from 'node:tls'
import { ConnectProblem } from '../connection/connect-problem.ts'
import type { TlsOptions } from '../connection/tls.ts'
import type { Environment } from './environment.ts'
import { definedOnly, invalid } from './fields.ts'
import type { ResolvedTarget } from './resolve.ts'

/**
 * What TLS has to prove, by libpq's rules: a root certificate that is there makes the chain count in every mode,
 * `verify-ca` and `verify-full` can't do without, and only `verify-full` looks at the name. Stricter than libpq in one
 * point: a root certificate that was named but can't be read is an error from `require` on, not a silent omission.
 *
 * @source PostgreSQL manual, "SSL Support" of libpq
 */
export function buildTls(target: ResolvedTarget, environment: Environment): TlsOptions {
  const { host, sslMode } = target.settings
  return {
    host,
    checkHost: sslMode === 'verify-full',
    ...definedOnly({ authorities: readAuthorities(target, environment) }),
    ...readClientCertificate(target, environment),
  }
}

function readAuthorities(target: ResolvedTarget, environment: Environment): TlsOptions['authorities'] {
  const { sslMode, sslRootCert } = target.settings
  if (sslRootCert === 'system') {
    if (sslMode !== 'verify-full') {
      throw invalid(`The system's certificates vouch for anybody: use them with verify-full, not ${sslMode}.`)
    }
    return getCACertificates('system')
  }
  const path = sslRootCert ?? ownFile(environment, 'root.crt')
  const file = environment.readFile(path)
  const mustRead = sslMode.startsWith('verify-') || (sslMode === 'require' && sslRootCert !== undefined)
  if (!('text' in file)) {
    if (!mustRead) return undefined
    throw new ConnectProblem('tls-ca-unreadable', `${path}: ${file.detail}`)
  }
  if (isCertificate(file.text)) return file.text
  if (!mustRead) return undefined
  throw new ConnectProblem('tls-ca-unreadable', `${path}: no certificate in PEM form`)
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0
  } catch {
    return false
  }
}

function readClientCertificate(
  target: ResolvedTarget,
  environment: Environment,
): Pick<TlsOptions, 'certificate' | 'key'> {
  const certificate = environment.readFile(target.clientCertificate ?? ownFile(environment, 'postgresql.crt'))
  if (!('text' in certificate)) {
    if (target.clientCertificate === undefined) return {}
    throw invalid(`The client certificate ${target.clientCertificate} can't be read: ${certificate.detail}.`)
  }
  const keyPath = target.clientKey ?? ownFile(environment, 'postgresql.key')
  const key = environment.readFile(keyPath)
  if (!('text' in key)) throw invalid(`The client key ${keyPath} can't be read: ${key.detail}.`)
  // libpq lets root's group read a key of root; others never.
  if (key.mode !== undefined && (key.mode & 0o037) !== 0) {
    throw invalid(`Others may read the client key. Run: chmod 600 ${keyPath}`)
  }
  return { certificate: certificate.text, key: key.text }
}

function ownFile({ platform, homeFolder, variables }: Environment, name: string): string {
  return platform === 'win32'
    ? `${variables['APPDATA'] ?? homeFolder}\\postgresql\\${name}`
    : `${homeFolder}/.postgresql/${name}`
}
