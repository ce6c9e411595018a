import type { TargetHints } from '#shared/contract/index.ts'
import type { TargetSettings } from '#shared/session/index.ts'
import { ConnectProblem } from './connection/connect-problem.ts'
import type { Environment } from './settings/environment.ts'
import { toSettings } from './settings/fields.ts'
import { passfilePath, readPassfile } from './settings/passfile.ts'
import { parseServiceFile, serviceFilePaths } from './settings/service-file.ts'
import { readVariables } from './settings/variables.ts'

/** What lies around the user: services, variables, and whether the files for them are usable. */
export function findHints(environment: Environment): TargetHints {
  const services = new Set<string>()
  const files = serviceFilePaths(environment).map((path) => {
    const problem = readServices(environment, path, services)
    return { kind: 'service' as const, path, ...(problem === undefined ? {} : { problem }) }
  })
  const passfile = passfilePath(environment)
  const problem = passfileProblem(environment, passfile)
  const fromEnvironment = settingsOfVariables(environment)
  return {
    services: [...services],
    ...(fromEnvironment === undefined ? {} : { fromEnvironment }),
    files: [...files, { kind: 'pgpass', path: passfile, ...(problem === undefined ? {} : { problem }) }],
  }
}

function readServices(environment: Environment, path: string, names: Set<string>): string | undefined {
  const file = environment.readFile(path)
  if (!('text' in file)) return `${file.problem}: ${file.detail}`
  try {
    for (const name of parseServiceFile(file.text, path).keys()) names.add(name)
    return undefined
  } catch (error) {
    return error instanceof ConnectProblem ? error.detail : 'unreadable'
  }
}

function passfileProblem(environment: Environment, path: string): string | undefined {
  const answer = readPassfile(environment, path)
  if (answer === undefined) return 'missing: no such file'
  return 'problem' in answer ? answer.problem : undefined
}

/** Variables that make no sense are nothing to offer; connecting by them says what is wrong. */
function settingsOfVariables(environment: Environment): TargetSettings | undefined {
  try {
    const settings = toSettings(readVariables(environment))
    return Object.keys(settings).length === 0 ? undefined : settings
  } catch {
    return undefined
  }
}
