import { describe, expect, it } from 'vitest'
import { describeSettings } from '#renderer/app/connect/describe-settings.ts'
import { describeConnection } from '#renderer/app/connection-words.ts'
import { formatMoment } from '#renderer/app/format-moment.ts'
import { groupCommands } from '#renderer/app/group-commands.ts'
import { matchCommand } from '#renderer/app/match-command.ts'
import { observerLine } from '#renderer/app/meters.ts'
import { chooseStage } from '#renderer/app/stage.ts'
import type { ObserverMeter } from '#shared/contract/index.ts'
import type { ConnectionState } from '#shared/session/index.ts'

const server = {
  version: '18.4 (Debian 18.4-1.pgdg12+1)',
  versionNum: 180_004,
  database: 'shop',
  user: 'ada',
  host: 'localhost',
  isSuperuser: false,
  isStandby: false,
  tls: undefined,
  encoding: 'UTF8',
  startedAtMs: 0,
  blockBytes: 8_192,
} as const
const connected: ConnectionState = {
  status: 'connected',
  name: 'demo',
  settings: {},
  server,
  capabilities: [],
  isDemo: true,
}

describe('a connection in words', () => {
  it('names server, version and database', () => {
    expect(describeConnection(connected)).toMatchObject({ name: 'demo', detail: 'PostgreSQL 18.4 · shop' })
  })

  it('is not well while its recording gets no answer', () => {
    expect(describeConnection(connected).tone).toBe('ok')
    const waiting = { status: 'waiting', ordinal: 1, startedAtMs: 0, since: 0 } as const
    expect(describeConnection(connected, undefined, waiting)).toMatchObject({ tone: 'warn', name: 'demo' })
  })

  it('names the demo while it starts', () => {
    const demo = { status: 'starting', step: 'x', progress: 0 } as const
    expect(describeConnection({ status: 'disconnected' }, demo).name).toBe('demo')
    expect(describeConnection({ status: 'disconnected' }).name).toBe('No server')
  })
})

describe('settings on one line', () => {
  it('leave out what is usual', () => {
    expect(describeSettings({})).toBe('localhost')
    expect(describeSettings({ user: 'ada', host: 'db', port: 5432, database: 'shop' })).toBe('ada@db/shop')
    expect(describeSettings({ host: '/run/postgresql', port: 5433 })).toBe('/run/postgresql:5433')
    expect(describeSettings({ service: 'replica', database: 'shop' })).toBe('service replica · shop')
  })
})

describe('the observer’s line', () => {
  const meter: ObserverMeter = { hz: 50, lagMs: 6.2, serverShare: 0.003, skippedTicks: 0 }
  it('tells rate, lag, cost and what was skipped', () => {
    expect(observerLine(meter)).toBe('50 Hz · lag 6.2 ms · observer 0.3 % of a core · 0 skipped')
  })
  it('speaks of the last run while nothing is watched', () => {
    expect(observerLine({ ...meter, hz: 0 })).toBe(
      'last run · lag 6.2 ms · observer 0.3 % of a core · 0 skipped',
    )
    expect(observerLine({ hz: 0, skippedTicks: 0 })).toBe('not observing')
  })
})

describe('the stage', () => {
  const base = { isReady: true, isConnected: false, wasConnected: false, hasRecorded: false, goOn: false }

  it('is the first screen until a server is there or the user goes on without one', () => {
    expect(chooseStage({ ...base, isReady: false, isConnected: true })).toBe('loading')
    expect(chooseStage(base)).toBe('welcome')
    expect(chooseStage({ ...base, goOn: true })).toBe('panel')
    expect(chooseStage({ ...base, hasRecorded: true })).toBe('panel')
    expect(chooseStage({ ...base, isConnected: true })).toBe('panel')
  })

  it('stays with the panel when a connection is lost', () => {
    expect(chooseStage({ ...base, wasConnected: true })).toBe('panel')
  })
})

describe('the palette’s groups', () => {
  it('have what a panel offers before what the frame offers', () => {
    const command = (group: string) => ({ id: group, title: group, group, run: () => {} })
    const groups = groupCommands(['Help', 'Target', 'Query', 'View', 'Target'].map(command))
    expect(groups.map(({ group, commands }) => `${group} ${commands.length}`)).toEqual([
      'Query 1',
      'Target 2',
      'View 1',
      'Help 1',
    ])
  })
})

describe('a command', () => {
  it('is found by every word of its title or of what else it is called', () => {
    expect(matchCommand('plan show', 'Show the plan only', '')).toBeGreaterThan(0)
    expect(matchCommand('explain', 'Show the plan only', 'explain')).toBeGreaterThan(0)
    expect(matchCommand('pln', 'Show the plan only', 'explain')).toBe(0)
    expect(matchCommand('show grid', 'Show the plan only', 'explain')).toBe(0)
  })

  it('comes first if its title begins like that, last if only its other words fit', () => {
    const scores = ['Plan only', 'Show the plan', 'Analyse'].map((title) =>
      matchCommand('plan', title, 'plan'),
    )
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(new Set(scores).size).toBe(3)
  })
})

describe('a moment', () => {
  it('is written to the minute in local time', () => {
    expect(formatMoment(new Date(2026, 0, 2, 3, 4, 59).getTime())).toBe('2026-01-02 03:04')
  })
})
