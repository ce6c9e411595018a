import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { Client, type ClientConfig } from 'pg'
import { describe, expect, it } from 'vitest'
import { startTestServer, testMajors } from '#tests/support/servers.ts'

async function ask(config: ClientConfig, sql: string): Promise<string> {
  const client = new Client(config)
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: string }>(`select (${sql})::text as answer`)
    return rows[0]?.answer ?? ''
  } finally {
    await client.end()
  }
}

describe('the test servers', () => {
  it.each(testMajors)(
    'version %i answers over TCP and over its socket, and leaves nothing when stopped',
    async (major) => {
      const server = await startTestServer({ major })
      const { pid, dataFolder } = server
      try {
        const version = "current_setting('server_version_num')::int / 10000"
        expect(await ask({ connectionString: server.url }, version)).toBe(String(major))
        const socket = {
          host: server.socketFolder,
          port: server.port,
          user: server.user,
          database: server.database,
        }
        expect(await ask(socket, version)).toBe(String(major))
      } finally {
        await server.stop()
      }
      expect(existsSync(dataFolder)).toBe(false)
      expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    },
  )

  it.each(['scram-sha-256', 'md5'] as const)(
    'lets in who has the password with %s, and nobody else',
    async (auth) => {
      const server = await startTestServer({ auth, major: auth === 'md5' ? 14 : 18 })
      try {
        expect(await ask({ connectionString: server.url }, '1')).toBe('1')
        const wrong = server.url.replace(/:[^:@/]+@/, ':wrong@')
        await expect(ask({ connectionString: wrong }, '1')).rejects.toThrow('password authentication failed')
      } finally {
        await server.stop()
      }
    },
  )

  it('offers TLS with a certificate that its authority vouches for', async () => {
    const server = await startTestServer({ tls: true })
    try {
      expect(server.certificates).toBeDefined()
      const { stdout } = await promisify(execFile)('openssl', [
        'verify',
        '-CAfile',
        server.certificates?.caFile ?? '',
        '-verify_hostname',
        'localhost',
        server.certificates?.certificateFile ?? '',
      ])
      expect(stdout).toContain('OK')
      const ssl = { rejectUnauthorized: false }
      const sql = 'select version from pg_stat_ssl where pid = pg_backend_pid()'
      expect(await ask({ connectionString: server.url, ssl }, sql)).toMatch(/^TLSv1/)
    } finally {
      await server.stop()
    }
  })

  it('starts again on the same data and port after a kill -9', async () => {
    const server = await startTestServer()
    try {
      await server.kill()
      await server.start()
      expect(await ask({ connectionString: server.url }, '1')).toBe('1')
    } finally {
      await server.stop()
    }
  })
})
