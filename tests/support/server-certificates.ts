import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const openssl = (args: readonly string[]) => run('openssl', args)

export interface ServerCertificates {
  /** The authority's certificate: what a client trusts. */
  readonly caFile: string
  readonly certificateFile: string
  readonly keyFile: string
}

export interface CertificateOptions {
  readonly folder: string
  /** Names and addresses that the certificate is good for. */
  readonly hosts: readonly string[]
  /** The server reads its key only if it belongs to its own user. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
}

/** A fresh authority and a server certificate signed by it, good for two days. */
export async function writeServerCertificate(options: CertificateOptions): Promise<ServerCertificates> {
  const { folder, hosts, owner } = options
  const at = (name: string) => join(folder, name)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  await chmod(folder, 0o755)
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  await openssl([
    'req',
    '-x509',
    ...newKey,
    '-days',
    '2',
    '-subj',
    '/CN=Barograph test authority',
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign,cRLSign',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
  ])
  const names = hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`).join(',')
  await openssl([
    'req',
    ...newKey,
    '-subj',
    `/CN=${hosts[0] ?? 'server'}`,
    '-keyout',
    at('server.key'),
    '-out',
    at('server.csr'),
  ])
  await writeFile(
    at('server.ext'),
    `subjectAltName=${names}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n`,
  )
  await openssl([
    'x509',
    '-req',
    '-in',
    at('server.csr'),
    '-CA',
    at('ca.crt'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    at('server.ext'),
    '-out',
    at('server.crt'),
  ])
  await chmod(at('server.key'), 0o600)
  if (owner !== undefined) await chown(at('server.key'), owner.uid, owner.gid)
  return { caFile: at('ca.crt'), certificateFile: at('server.crt'), keyFile: at('server.key') }
}
