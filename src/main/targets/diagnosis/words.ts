import type { ConnectionDiagnosis, ConnectionProblem, TargetSettings } from '#shared/session/index.ts'
import { quoteIdentifier } from '../sql/quote.ts'
import { isSocketFolder } from './classify.ts'

type Words = Pick<ConnectionDiagnosis, 'part' | 'message' | 'advice'>

/** What the sentences speak of, as the settings have it. */
interface Names {
  readonly host: string
  readonly port: number
  readonly where: string
  readonly user: string
  readonly database: string
  readonly timeoutSeconds: number
  readonly sslMode: string
  readonly sslRootCert: string
  readonly hbaLine: string
  readonly detail: string
}

/** Each problem in words, with what to do. */
export function putInWords(problem: ConnectionProblem, settings: TargetSettings, detail: string): Words {
  return words[problem](namesOf(settings, detail))
}

function namesOf(settings: TargetSettings, detail: string): Names {
  const host = settings.host ?? 'the server'
  const port = settings.port ?? 5432
  const user = settings.user ?? 'you'
  const database = settings.database ?? user
  const kind = isSocketFolder(host) ? 'local' : 'host'
  const address = kind === 'host' ? '  <your address>/32' : ''
  return {
    host,
    port,
    where: kind === 'local' ? `${host}/.s.PGSQL.${port}` : `${host}:${port}`,
    user,
    database,
    timeoutSeconds: (settings.connectTimeoutMs ?? 10_000) / 1_000,
    sslMode: settings.sslMode ?? 'prefer',
    sslRootCert: settings.sslRootCert ?? '~/.postgresql/root.crt',
    hbaLine: `${kind}  ${database}  ${user}${address}  scram-sha-256`,
    detail,
  }
}

const words: Readonly<Record<ConnectionProblem, (names: Names) => Words>> = {
  'settings-invalid': ({ detail }) => ({
    part: 'settings',
    message: `These settings can't be used. ${detail}`,
    advice: 'Correct the settings and try again.',
  }),
  'service-unknown': ({ detail }) => ({
    part: 'settings',
    message: `The service is not in a service file. ${detail}`,
    advice: 'Add a section with that name, choose another one, or set PGSERVICEFILE to the file that has it.',
  }),
  'host-unknown': ({ host }) => ({
    part: 'host',
    message: `The name ${host} is not known to this machine.`,
    advice: 'Look for a typing error, and for the VPN or DNS server that knows the name.',
  }),
  'host-unreachable': ({ host }) => ({
    part: 'host',
    message: `There is no way to ${host} from here.`,
    advice: 'Check the network, the VPN and the firewall between this machine and the server.',
  }),
  'port-refused': ({ host, port }) => ({
    part: 'port',
    message: `${host} answers, but nothing listens on port ${port}.`,
    advice: `See whether the server runs, on which port (SHOW port;), and whether listen_addresses in postgresql.conf lets others in.`,
  }),
  'socket-missing': ({ where, host, port, detail }) => ({
    part: 'socket',
    message: detail.startsWith('EACCES')
      ? `The socket ${where} may not be opened by this user.`
      : `No server listens on the socket ${where}.`,
    advice: `See whether the server runs on port ${port}, and compare its unix_socket_directories with ${host}. To go over TCP, write localhost as host.`,
  }),
  timeout: ({ where, timeoutSeconds, detail }) => ({
    part: 'host',
    message: `${where} did not answer within ${timeoutSeconds} s. ${detail}`,
    advice:
      'A firewall may drop the packets, or the address is wrong. If the way is only slow, raise the connect timeout.',
  }),
  'not-postgresql': ({ where, detail }) => ({
    part: 'port',
    message: `What listens on ${where} does not speak PostgreSQL's protocol. ${detail}`,
    advice: 'Check the port. If a proxy or pooler stands there, see whether the server behind it runs.',
  }),
  'password-needed': ({ user, detail }) => ({
    part: 'authentication',
    message: `The server wants a password for ${user}.${detail === '' ? '' : ` ${detail}`}`,
    advice: 'Enter it, or add a line to the password file (~/.pgpass) that only you may read.',
  }),
  'password-wrong': ({ user }) => ({
    part: 'authentication',
    message: `The server did not accept the password of ${user}.`,
    advice: `Check the password and the user name (a server does not say that a role is missing). To set a new one: ALTER ROLE ${quoteIdentifier(user)} PASSWORD '…';`,
  }),
  'role-unknown': ({ user }) => ({
    part: 'authentication',
    message: `There is no role ${user} on the server.`,
    advice: `Check the user name, or let an administrator run: CREATE ROLE ${quoteIdentifier(user)} LOGIN;`,
  }),
  'authentication-refused': ({ user, database, hbaLine, detail }) => ({
    part: 'authentication',
    message: `The server refuses ${user} for ${database}: ${detail}`,
    advice: /^(Peer|Ident) /i.test(detail)
      ? `It compares ${user} with the name of your system user. Write localhost as host to log in with a password, or change the line in pg_hba.conf.`
      : `Its pg_hba.conf decides who may log in from where. A line such as “${hbaLine}” lets this connection in; then run SELECT pg_reload_conf();`,
  }),
  'authentication-unsupported': ({ detail }) => ({
    part: 'authentication',
    message: `The server asks for a way to log in that Barograph can't do. ${detail}`,
    advice:
      'Passwords (scram-sha-256, md5, password), client certificates, peer and trust work. Let pg_hba.conf offer one of them for this connection.',
  }),
  'tls-not-offered': ({ where, sslMode }) => ({
    part: 'tls',
    message: `${where} does not offer TLS, and ${sslMode} demands it.`,
    advice:
      'Turn it on at the server (ssl = on, with a certificate and key), or choose the mode “prefer” where the network can be trusted.',
  }),
  'tls-required': ({ where, detail }) => ({
    part: 'tls',
    message: `${where} does not let this connection in without TLS: ${detail}`,
    advice: 'Choose the mode “require” or “verify-full” instead of “disable”.',
  }),
  'tls-untrusted': ({ where, sslRootCert, detail }) => ({
    part: 'tls',
    message: `The certificate of ${where} is not trusted: ${detail}`,
    advice: `Name the file with the authority that signed it as root certificate (now: ${sslRootCert}). “require” encrypts without checking whom you talk to.`,
  }),
  'tls-wrong-host': ({ host, detail }) => ({
    part: 'tls',
    message: `The certificate is for another name than ${host}: ${detail}`,
    advice:
      'Connect by a name that the certificate bears, or choose “verify-ca”, which does not look at names.',
  }),
  'tls-ca-unreadable': ({ detail }) => ({
    part: 'tls',
    message: `The root certificate can't be used. ${detail}`,
    advice:
      'Name a readable PEM file, or “system” (with verify-full) for the authorities of the operating system.',
  }),
  'database-unknown': ({ database }) => ({
    part: 'database',
    message: `There is no database ${database} on the server.`,
    advice: `Check the name: SELECT datname FROM pg_database; shows all. To make it: CREATE DATABASE ${quoteIdentifier(database)};`,
  }),
  'connect-not-permitted': ({ user, database, detail }) => ({
    part: 'database',
    message: `${user} may not connect to ${database}: ${detail}`,
    advice: `Let its owner run: GRANT CONNECT ON DATABASE ${quoteIdentifier(database)} TO ${quoteIdentifier(user)};`,
  }),
  'too-many-connections': ({ detail }) => ({
    part: 'server',
    message: `The server has no connection left: ${detail}`,
    advice:
      'Close idle clients, or look at who holds the connections (pg_stat_activity) as superuser, for whom some are reserved. max_connections is changed with a restart.',
  }),
  'starting-up': ({ detail }) => ({
    part: 'server',
    message: `The server is not ready yet: ${detail}`,
    advice: 'Wait a moment and try again. After a crash it first recovers, which can take minutes.',
  }),
  'shutting-down': ({ detail }) => ({
    part: 'server',
    message: `The server is stopping: ${detail}`,
    advice: 'Start it again, then connect.',
  }),
  'version-unsupported': ({ detail }) => ({
    part: 'version',
    message: `This server is too old for Barograph. ${detail}`,
    advice: 'PostgreSQL 13 to 18 are supported. Connect to a newer server.',
  }),
  'connection-lost': ({ where, detail }) => ({
    part: 'server',
    message: `The connection to ${where} broke off: ${detail}`,
    advice: 'See whether the server runs (its log tells why it ended a connection), then try again.',
  }),
  unknown: ({ where, detail }) => ({
    part: 'server',
    message: `Connecting to ${where} failed: ${detail}`,
    advice: "The server's log, or that of the pooler before it, may say more.",
  }),
}
