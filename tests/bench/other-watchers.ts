import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { findFreePort } from '#main/demo/server/index.ts'
import type { TestServer } from '#tests/support/servers.ts'

/** A program that watches a server too, with how often it looks. */
export interface OtherWatcher {
  readonly name: string
  readonly isInstalled: boolean
  /** Answers how to end it. */
  start(server: TestServer): Promise<() => Promise<void>>
}

const pgActivity = '/usr/bin/pg_activity'
const exporter = '/usr/bin/prometheus-postgres-exporter'
const terminal = '/usr/bin/script'

function ending(child: ReturnType<typeof spawn>): () => Promise<void> {
  const ended = once(child, 'exit')
  return async () => {
    child.kill()
    await ended
  }
}

export const otherWatchers: readonly OtherWatcher[] = [
  {
    name: 'pg_activity, every 0.5 s (its fastest)',
    isInstalled: existsSync(pgActivity) && existsSync(terminal),
    async start({ host, port, user, database }) {
      const command = `${pgActivity} -h ${host} -p ${port} -U ${user} -d ${database} --refresh 0.5`
      // It is a screen, so it needs one.
      return ending(
        spawn(terminal, ['-qfc', `stty cols 160 rows 50; exec ${command}`, '/dev/null'], {
          stdio: ['pipe', 'ignore', 'ignore'],
          env: { ...process.env, TERM: 'xterm' },
        }),
      )
    },
  },
  {
    name: 'prometheus-postgres-exporter, scraped once a second',
    isInstalled: existsSync(exporter),
    async start({ host, port, user, database }) {
      const listen = await findFreePort()
      const stop = ending(
        spawn(exporter, [`--web.listen-address=127.0.0.1:${listen}`], {
          stdio: 'ignore',
          env: {
            ...process.env,
            DATA_SOURCE_NAME: `postgresql://${user}@${host}:${port}/${database}?sslmode=disable`,
          },
        }),
      )
      const scrape = async (): Promise<void> => {
        await fetch(`http://127.0.0.1:${listen}/metrics`)
          .then((answer) => answer.text())
          .catch(() => '')
      }
      const timer = setInterval(() => void scrape(), 1_000)
      return async () => {
        clearInterval(timer)
        await stop()
      }
    },
  },
]
