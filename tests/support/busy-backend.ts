import { Client } from 'pg'
import { keepDoing } from './keep-doing.ts'
import type { TestServer } from './servers.ts'

/** Keeps a backend of a server on a processor, in one transaction, until it is told to stop. */
export async function keepBusy({ host, port, user, database }: TestServer): Promise<() => Promise<void>> {
  const client = new Client({ host, port, user, database, application_name: 'busy' })
  await client.connect()
  // Between two statements it is not idle either.
  await client.query('begin')
  const stop = keepDoing(() =>
    client.query('select count(*) from generate_series(1, 400000) g where sqrt(g) > 3'),
  )
  return async () => {
    await stop()
    await client.end()
  }
}
