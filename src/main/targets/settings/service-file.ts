import { ConnectProblem } from '../connection/connect-problem.ts'
import type { Environment } from './environment.ts'
import { type Fields, isKnownKeyword } from './fields.ts'

/** Sections of a service file by name. The first section of a name counts, as in libpq. */
export type Services = ReadonlyMap<string, Fields>

/**
 * Reads the text of a `pg_service.conf`. Values are taken as they stand: no quotes, no escapes.
 *
 * @source PostgreSQL manual, "The Connection Service File"; parseServiceFile in libpq's fe-connect.c
 */
export function parseServiceFile(text: string, path: string): Services {
  const services = new Map<string, Record<string, string>>()
  let current: Record<string, string> | undefined
  for (const [index, rawLine] of text.split('\n').entries()) {
    const line = rawLine.trim()
    if (line === '' || line.startsWith('#')) continue
    const heading = /^\[([^\]]*)\]/.exec(line)?.[1]
    if (heading !== undefined) {
      current = {}
      if (!services.has(heading)) services.set(heading, current)
      continue
    }
    if (current === undefined) continue
    const at = line.indexOf('=')
    const keyword = line.slice(0, Math.max(0, at))
    if (!isKnownKeyword(keyword) || keyword === 'service') {
      const what = keyword === 'service' ? 'names another service' : 'is not keyword=value'
      throw new ConnectProblem('settings-invalid', `Line ${index + 1} of ${path} ${what}.`)
    }
    current[keyword] ??= line.slice(at + 1)
  }
  return services
}

/** Where services are looked for, in libpq's order. */
export function serviceFilePaths(environment: Environment): readonly string[] {
  const { variables, platform, homeFolder } = environment
  const own =
    platform === 'win32'
      ? `${variables['APPDATA'] ?? homeFolder}\\postgresql\\.pg_service.conf`
      : `${homeFolder}/.pg_service.conf`
  const folder = variables['PGSYSCONFDIR']
  // Without the variable, libpq knows the folder it was built for: Debian's and Red Hat's.
  const ofSystem = folder
    ? [folder]
    : platform === 'linux'
      ? ['/etc/postgresql-common', '/etc/sysconfig/pgsql']
      : []
  return [variables['PGSERVICEFILE'] || own, ...ofSystem.map((path) => `${path}/pg_service.conf`)]
}

/** The section of that name. Throws a `service-unknown` problem that says where it was looked for. */
export function findService(name: string, environment: Environment): Fields {
  const paths = serviceFilePaths(environment)
  for (const path of paths) {
    const file = environment.readFile(path)
    if (!('text' in file)) continue
    const fields = parseServiceFile(file.text, path).get(name)
    if (fields !== undefined) return fields
  }
  throw new ConnectProblem('service-unknown', `There is no [${name}] in ${paths.join(' or ')}.`)
}
