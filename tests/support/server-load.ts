import { Client } from 'pg'
import type { TestServer } from './servers.ts'

/** Clients at work on a test server until they are stopped. */
export interface ServerLoad {
  /** Resolves when every client has ended. */
  stop(): Promise<void>
}

const workers: readonly { readonly application: string; readonly statement: string }[] = [
  { application: 'web', statement: 'update stock set reserved = reserved + 1 where sku = 1' },
  {
    application: 'web',
    statement: 'select count(*) from orders o join orders p on o.sku = p.sku where o.id < 400',
  },
  {
    application: 'report',
    statement: 'select sku, sum(amount), count(*) from orders group by sku order by 2',
  },
  { application: 'report', statement: 'select pg_sleep(0.05)' },
  {
    application: 'import',
    statement: 'insert into orders (sku, amount) select i % 50, i from generate_series(1, 200) i',
  },
  { application: 'import', statement: 'delete from orders where id > 60000' },
]

/** The same without what keeps processors busy: for whoever measures something else on the same machine. */
const calmWorkers: typeof workers = [
  ...Array.from({ length: 10 }, () => ({ application: 'report', statement: 'select pg_sleep(0.3)' })),
  { application: 'web', statement: 'select pg_sleep(0.05), count(*) from orders where id < 200' },
]

/** A shop under load: on processors, in timeouts, writing, and queueing for one hot row. */
export async function startLoad(
  server: TestServer,
  { hotRowHolders = 3, calm = false } = {},
): Promise<ServerLoad> {
  const connect = async (application: string) => {
    const { host, port, user, database } = server
    const client = new Client({ host, port, user, database, application_name: application })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const setup = await connect('setup')
  await setup.query(
    `create table if not exists stock (sku int primary key, reserved int not null default 0);
     create table if not exists orders (id serial primary key, sku int not null, amount int not null);
     insert into stock select i, 0 from generate_series(1, 50) i on conflict do nothing;
     insert into orders (sku, amount) select i % 50, i from generate_series(1, 20000) i`,
  )
  await setup.end()

  const ending = new AbortController()
  async function work(application: string, statement: string): Promise<void> {
    const client = await connect(application)
    while (!ending.signal.aborted) await client.query(statement)
    await client.end()
  }
  /** Holds the hot row for a moment, so that the others queue. */
  async function hold(): Promise<void> {
    const client = await connect('checkout')
    while (!ending.signal.aborted) {
      await client.query('begin')
      await client.query('update stock set reserved = reserved + 1 where sku = 1')
      await client.query('select pg_sleep(0.02)')
      await client.query('commit')
    }
    await client.end()
  }
  const running = [
    ...(calm ? calmWorkers : workers).map(({ application, statement }) => work(application, statement)),
    ...Array.from({ length: hotRowHolders }, hold),
  ]
  return {
    async stop() {
      ending.abort()
      await Promise.all(running)
    },
  }
}
