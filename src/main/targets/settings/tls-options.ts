import type { TlsOptions } from '../connection/tls.ts'
import type { Environment } from './environment.ts'
import type { ResolvedTarget } from './resolve.ts'

export function buildTls(target: ResolvedTarget, _environment: Environment): TlsOptions {
  return { host: target.settings.host, checkHost: target.settings.sslMode === 'verify-full' }
}
