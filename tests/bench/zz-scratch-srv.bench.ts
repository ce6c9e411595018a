import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestServer } from '#tests/support/servers.ts'
export async function bench() {
  const server = await startTestServer({ major: 18, settings: { shared_preload_libraries: 'pg_stat_statements' } })
  writeFileSync('/tmp/obs/srv.json', JSON.stringify({ url: server.url, port: server.port, pid: server.pid }))
  while (!existsSync('/tmp/obs/stop')) {
    if (existsSync('/tmp/obs/restart')) { await server.stop({ keep: true }); await sleep(1500); await server.start(); rmSync('/tmp/obs/restart') }
    await sleep(100)
  }
  await server.stop()
}
