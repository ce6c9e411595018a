import { writeFileSync } from 'node:fs'
import { startTestServer } from '#tests/support/servers.ts'
export async function bench() {
  const server = await startTestServer({ major: 18, settings: { shared_preload_libraries: 'pg_stat_statements', deadlock_timeout: '1s' } })
  writeFileSync('/tmp/obs/srv.json', JSON.stringify({ url: server.url, port: server.port, pid: server.pid }))
  process.on('SIGUSR2', async () => { await server.stop({ keep: true }); await server.start(); })
  await new Promise((r) => process.once('SIGTERM', r))
  await server.stop()
}
