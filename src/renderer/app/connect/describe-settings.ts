import type { TargetSettings } from '#shared/session/index.ts'

/** Settings on one line, without what is usual: `report@db.example.org:5433/shop`, `service shop`. */
export function describeSettings(settings: TargetSettings): string {
  const { host, port, database, user, service } = settings
  if (service !== undefined && host === undefined) {
    return ['service', service, database === undefined ? '' : `· ${database}`].filter(Boolean).join(' ')
  }
  const where = `${host ?? 'localhost'}${port === undefined || port === 5432 ? '' : `:${port}`}`
  return `${user === undefined ? '' : `${user}@`}${where}${database === undefined ? '' : `/${database}`}`
}
