import type { ConnectionDiagnosis, SavedTarget, SslMode, TargetSettings } from '#shared/session/index.ts'

export const ways = ['url', 'fields', 'service'] as const
/** How the user says where to connect to. */
export type Way = (typeof ways)[number]

/** The connect form, as typed: everything is text, empty = not said. */
export interface Draft {
  readonly targetId: string | undefined
  readonly name: string
  readonly way: Way
  readonly url: string
  readonly host: string
  readonly port: string
  readonly database: string
  readonly user: string
  readonly service: string
  readonly sslMode: SslMode | ''
  readonly sslRootCert: string
  readonly timeoutSeconds: string
  readonly password: string
  readonly remember: boolean
}

export type DraftField = Exclude<keyof Draft, 'targetId' | 'way' | 'remember'>
export type DraftProblems = Partial<Readonly<Record<DraftField, string>>>

export const emptyDraft: Draft = {
  targetId: undefined,
  name: '',
  way: 'url',
  url: '',
  host: '',
  port: '',
  database: '',
  user: '',
  service: '',
  sslMode: '',
  sslRootCert: '',
  timeoutSeconds: '',
  password: '',
  remember: false,
}

/** The form for a saved target; its password stays where it is. */
export function draftOf(target: SavedTarget): Draft {
  return {
    ...withSettings(emptyDraft, target.settings),
    targetId: target.targetId,
    name: target.name,
    way: target.settings.service !== undefined && target.settings.host === undefined ? 'service' : 'fields',
    remember: target.hasSecret,
  }
}

/** Puts settings into the form's fields; what they don't say becomes empty. */
export function withSettings(draft: Draft, settings: TargetSettings): Draft {
  return {
    ...draft,
    host: settings.host ?? '',
    port: settings.port === undefined ? '' : String(settings.port),
    database: settings.database ?? '',
    user: settings.user ?? '',
    service: settings.service ?? '',
    sslMode: settings.sslMode ?? '',
    sslRootCert: settings.sslRootCert ?? '',
    timeoutSeconds: settings.connectTimeoutMs === undefined ? '' : String(settings.connectTimeoutMs / 1_000),
  }
}

export type ReadDraft =
  | { readonly ok: true; readonly settings: TargetSettings }
  | { readonly ok: false; readonly problems: DraftProblems }

/** The settings that the fields (or the service's fields) say. A URL is read by the workbench instead. */
export function readDraft(draft: Draft): ReadDraft {
  const problems: { -readonly [Field in DraftField]?: string } = {}
  const port = readNumber(draft.port)
  if (port !== undefined && (!Number.isInteger(port) || port < 1 || port > 65_535)) {
    problems.port = 'A port is a number from 1 to 65535.'
  }
  const timeout = readNumber(draft.timeoutSeconds)
  if (timeout !== undefined && !(timeout >= 0.1 && timeout <= 120)) {
    problems.timeoutSeconds = 'Give 0.1 to 120 seconds.'
  }
  const isService = draft.way === 'service'
  if (isService && draft.service.trim() === '') problems.service = 'Choose a service.'
  if (Object.keys(problems).length > 0) return { ok: false, problems }

  return {
    ok: true,
    settings: {
      ...(isService ? { service: draft.service.trim() } : text('host', draft.host)),
      ...(isService || port === undefined ? {} : { port }),
      ...text('database', draft.database),
      ...text('user', draft.user),
      ...(draft.sslMode === '' ? {} : { sslMode: draft.sslMode }),
      ...text('sslRootCert', draft.sslRootCert),
      ...(timeout === undefined ? {} : { connectTimeoutMs: Math.round(timeout * 1_000) }),
    },
  }
}

/** Whether a text says anything that could be a URL or a `key=value` string. */
export const saysUrl = (draft: Draft) => draft.url.trim() !== ''

/** Where in the form a diagnosis points. */
export function fieldsOf({ part, problem }: ConnectionDiagnosis, way: Way): readonly DraftField[] {
  if (problem === 'password-wrong' || problem === 'password-needed') return ['password']
  if (problem === 'service-unknown') return ['service']
  if (way === 'url') return part === 'authentication' ? ['password'] : ['url']
  switch (part) {
    case 'host':
    case 'socket':
      return ['host']
    case 'port':
      return ['port']
    case 'authentication':
      return ['user']
    case 'database':
      return ['database']
    case 'tls':
      return problem === 'tls-ca-unreadable' || problem === 'tls-untrusted' ? ['sslRootCert'] : ['sslMode']
    default:
      return []
  }
}

function readNumber(value: string): number | undefined {
  const trimmed = value.trim()
  return trimmed === '' ? undefined : Number(trimmed)
}

function text<Key extends string>(key: Key, value: string): { readonly [K in Key]?: string } {
  const trimmed = value.trim()
  return trimmed === '' ? {} : ({ [key]: trimmed } as { [K in Key]: string })
}
