import { describe, expect, it } from 'vitest'
import type { Abilities } from '#main/targets/capabilities/abilities.ts'
import { describeCapabilities } from '#main/targets/capabilities/describe.ts'

const everything: Abilities = {
  version: '18.4',
  versionNum: 180_004,
  user: 'ada',
  isSuperuser: false,
  isMonitor: true,
  readsAllStats: true,
  listsTempFiles: true,
  settings: {
    shared_preload_libraries: 'pg_stat_statements,auto_explain,pg_wait_sampling',
    track_io_timing: 'on',
    track_activities: 'on',
    compute_query_id: 'auto',
    'pg_stat_statements.max': '5000',
    'pg_stat_statements.track': 'top',
    'auto_explain.log_min_duration': '250',
    'pg_wait_sampling.history_size': '5000',
  },
  extensions: { pg_stat_statements: '1.12', hypopg: '1.4', pg_wait_sampling: '1.1', pg_buffercache: '1.6' },
}

const nothing: Abilities = {
  ...everything,
  user: 'we"ird role',
  isMonitor: false,
  readsAllStats: false,
  listsTempFiles: false,
  settings: {
    shared_preload_libraries: '',
    track_io_timing: 'off',
    track_activities: 'off',
    compute_query_id: 'auto',
  },
  extensions: { pg_stat_statements: null, pg_buffercache: null },
}

function mendOf(id: string, abilities: Abilities): string | undefined {
  return describeCapabilities(abilities).find((capability) => capability.id === id)?.mend
}

describe('capabilities', () => {
  it('are all there on a server that has everything', () => {
    const lacking = describeCapabilities(everything).filter((capability) => capability.state !== 'present')
    expect(lacking).toEqual([])
  })

  it('come with the statement that mends each one that is missing', () => {
    const lines = describeCapabilities(nothing).map(
      ({ id, state, mend }) => `${id}: ${state}${mend === undefined ? '' : ` | ${mend}`}`,
    )
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "version: present
      pg_monitor: missing | GRANT pg_monitor TO "we""ird role";
      track_activities: missing | ALTER SYSTEM SET track_activities = on; SELECT pg_reload_conf();
      track_io_timing: missing | ALTER SYSTEM SET track_io_timing = on; SELECT pg_reload_conf();
      compute_query_id: missing | ALTER SYSTEM SET compute_query_id = on; SELECT pg_reload_conf();
      pg_stat_statements: missing | ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'; -- then restart the server, then:
      CREATE EXTENSION pg_stat_statements;
      auto_explain: missing | ALTER SYSTEM SET shared_preload_libraries = 'auto_explain'; -- then restart the server
      pg_wait_sampling: missing | -- first install the package with pg_wait_sampling on the server's machine
      ALTER SYSTEM SET shared_preload_libraries = 'pg_wait_sampling'; -- then restart the server, then:
      CREATE EXTENSION pg_wait_sampling;
      pg_buffercache: missing | CREATE EXTENSION pg_buffercache;
      hypopg: missing | -- first install the package with hypopg on the server's machine
      CREATE EXTENSION hypopg;
      pg_ls_tmpdir: missing | GRANT pg_monitor TO "we""ird role";
      backend_io: present"
    `)
  })

  it('quote the role’s name', () => {
    expect(mendOf('pg_monitor', nothing)).toBe('GRANT pg_monitor TO "we""ird role";')
  })

  it('extend the list of preloaded libraries instead of replacing it, each name quoted by itself', () => {
    const settings = { ...nothing.settings, shared_preload_libraries: 'citus, auto_explain' }
    expect(mendOf('pg_stat_statements', { ...nothing, settings })).toBe(
      `ALTER SYSTEM SET shared_preload_libraries = 'citus', 'auto_explain', 'pg_stat_statements'; -- then restart the server, then:\nCREATE EXTENSION pg_stat_statements;`,
    )
  })

  it('tell who may not see that list where to add the library', () => {
    const { shared_preload_libraries: _, ...settings } = nothing.settings
    expect(mendOf('auto_explain', { ...nothing, settings })).toBe(
      '-- add auto_explain to shared_preload_libraries in postgresql.conf and restart the server',
    )
  })

  it.each([
    [
      'the library is loaded and the extension lacks',
      { extensions: {} },
      'CREATE EXTENSION pg_stat_statements;',
    ],
    [
      'nothing is tracked',
      { settings: { ...everything.settings, 'pg_stat_statements.track': 'none' } },
      `ALTER SYSTEM SET pg_stat_statements.track = 'top'; SELECT pg_reload_conf();`,
    ],
    ['texts are hidden', { readsAllStats: false }, 'GRANT pg_read_all_stats TO "ada";'],
  ])('call pg_stat_statements partial when %s', (_, part, mend) => {
    const found = describeCapabilities({ ...everything, ...part }).find(
      ({ id }) => id === 'pg_stat_statements',
    )
    expect(found).toMatchObject({ state: 'partial', mend })
  })

  it('count compute_query_id = auto as on only where a library asks for it', () => {
    expect(mendOf('compute_query_id', everything)).toBeUndefined()
    expect(mendOf('compute_query_id', nothing)).toContain('compute_query_id = on')
  })

  it('leave out what a version cannot have, and say what a newer one brings', () => {
    const ids = describeCapabilities({ ...everything, versionNum: 130_010 }).map(({ id }) => id)
    expect(ids).not.toContain('compute_query_id')
    const backend = describeCapabilities({ ...everything, versionNum: 170_000 }).find(
      ({ id }) => id === 'backend_io',
    )
    expect(backend).toMatchObject({ state: 'missing' })
    expect(backend).not.toHaveProperty('mend')
  })

  it('remark on a version newer than known', () => {
    const [version] = describeCapabilities({ ...everything, version: '19.1', versionNum: 190_001 })
    expect(version).toMatchObject({ id: 'version', state: 'partial', label: 'PostgreSQL 19.1' })
  })
})
