import { describeStatementStatistics, quoteIdentifier } from '#main/targets/index.ts'
import type { CollectorLimit } from '#shared/session/index.ts'
import { type Answer, type Question, type Source, sqlFor } from '../collector.ts'
import { mendPrivileges } from '../privileges.ts'
import entries8 from './entries-1-8.sql?raw'
import entries9 from './entries-1-9.sql?raw'
import entries10 from './entries-1-10.sql?raw'
import entries11 from './entries-1-11.sql?raw'
import entries12 from './entries-1-12.sql?raw'
import entries13 from './entries-1-13.sql?raw'
import extensionSql from './extension.sql?raw'
import hiddenSql from './hidden.sql?raw'
import info8 from './info-1-8.sql?raw'
import info9 from './info-1-9.sql?raw'
import textsSql from './texts.sql?raw'

/** How `pg_stat_statements` is read here. */
export interface StatementAccess {
  readonly info: Question
  readonly entries: Question
  readonly texts: Question
  readonly countsPlanning: boolean
  readonly userOid: string
  /** `pg_stat_statements.max` */
  readonly mostEntries: number
}

type Limit = Omit<CollectorLimit, 'collector'>

/**
 * What an extension's version brings, not the server's: after an upgrade of the server it stays as it was until
 * `ALTER EXTENSION … UPDATE`.
 */
const entriesByVersion = {
  108: entries8,
  109: entries9,
  110: entries10,
  111: entries11,
  112: entries12,
  113: entries13,
}
const infoByVersion = { 108: info8, 109: info9 }

/** Finds the extension, whatever its schema and version, and tells what is in the way of reading all of it. */
export async function findAccess(
  source: Source,
): Promise<{ readonly access?: StatementAccess; readonly limit?: Limit }> {
  const answer = await source.ask({ name: 'statement_extension', sql: extensionSql })
  const found = parseExtension(answer)
  const { version, schema, settings, user, readsAllStats } = found
  const capability = describeStatementStatistics({
    settings,
    extensions: found.isAvailable ? { pg_stat_statements: version ?? null } : {},
    readsAllStats,
    isSuperuser: source.server.isSuperuser,
    user,
  })
  const { meaning, mend } = capability
  const limit = { message: meaning, ...(mend === undefined ? {} : { mend }) }
  if (settings['pg_stat_statements.max'] === undefined || version === undefined || schema === undefined) {
    return { limit }
  }
  const versionNum = toVersionNum(version)
  const entries = sqlFor(entriesByVersion, versionNum)
  if (entries === undefined) {
    return {
      limit: {
        message: `The view is of version ${version}, which has other columns: it was not updated with the server.`,
        mend: 'ALTER EXTENSION pg_stat_statements UPDATE;',
      },
    }
  }
  if (!found.mayUseSchema) {
    return {
      limit: {
        message: `The view is in the schema ${schema}, which may not be used.`,
        mend: `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} TO ${quoteIdentifier(user)};`,
      },
    }
  }
  const at = (name: string, sql: string): Question => ({
    name: `statement_${name}`,
    sql: sql.replaceAll('{schema}', () => quoteIdentifier(schema)),
  })
  const access = {
    info: at('info', sqlFor(infoByVersion, versionNum) ?? info8),
    entries: at('entries', entries),
    texts: at('texts', textsSql),
    countsPlanning: settings['pg_stat_statements.track_planning'] === 'on',
    userOid: found.userOid,
    mostEntries: Number(settings['pg_stat_statements.max']),
  }
  if (capability.state === 'present') return { access }
  if (readsAllStats) return { access, limit }
  const hidden = Number((await source.ask(at('hidden', hiddenSql))).rows[0]?.[0])
  return { access, limit: { message: describeHidden(hidden), mend: mendPrivileges(user) } }
}

function describeHidden(count: number): string {
  if (count === 0) return 'Statements of other users can’t be seen.'
  const statements = count === 1 ? 'statement' : 'statements'
  return `${count.toLocaleString('en-US')} ${statements} of other users can’t be seen.`
}

/** `1.10` → 110. */
function toVersionNum(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major * 100 + minor
}

function parseExtension({ rows: [row = []] }: Answer) {
  const [version, schema, mayUse, isAvailable, readsAll, user, userOid, settings] = row
  return {
    version: version ?? undefined,
    schema: schema ?? undefined,
    mayUseSchema: mayUse === 't',
    isAvailable: isAvailable === 't',
    readsAllStats: readsAll === 't',
    user: user ?? '',
    userOid: userOid ?? '',
    settings: (settings ? JSON.parse(settings) : {}) as Readonly<Record<string, string>>,
  }
}
