import { Client } from 'pg'
import type { TestServer } from './servers.ts'

export interface CrowdSize {
  readonly backends: number
  /** Of them, so many stand behind each other: most for one row, some for a table. */
  readonly queue: number
  /** Each with the index of its primary key: twice as many relations. */
  readonly tables: number
  /** Of different shapes, each run over and over. */
  readonly statements: number
}

/** Settings that a server needs for it. */
export const crowdSettings = {
  max_connections: '1100',
  max_locks_per_transaction: '128',
  shared_buffers: '128MB',
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': '10000',
  track_io_timing: 'on',
  // A queue of hundreds is no deadlock; looking for one again and again is not what is measured.
  deadlock_timeout: '60s',
}

/** A server of a large house: many connected, a long queue for one row, thousands of tables and of statements. */
export interface Crowd {
  stop(): Promise<void>
}

const applications = ['web', 'checkout', 'report', 'import', 'mobile', 'search', 'billing']
/** Statements in one message to the server. */
const batch = 50

export async function startCrowd(server: TestServer, size: CrowdSize): Promise<Crowd> {
  const ending = new AbortController()
  const { signal } = ending
  const connect = async (application: string): Promise<Client> => {
    const { host, port, user, database } = server
    const client = new Client({ host, port, user, database, application_name: application })
    client.on('error', () => {})
    await client.connect()
    return client
  }

  const owner = await connect('setup')
  await owner.query('create extension if not exists pg_stat_statements')
  await makeTables(owner, size.tables)

  const clients: Client[] = []
  while (clients.length < size.backends) {
    const some = Array.from({ length: Math.min(50, size.backends - clients.length) }, (_none, at) =>
      connect(applications[(clients.length + at) % applications.length] ?? 'web'),
    )
    clients.push(...(await Promise.all(some)))
  }

  /** Until it is cut off. */
  const repeat = async (work: () => Promise<unknown>): Promise<void> => {
    while (!signal.aborted) await work()
  }
  const [reader, migration, ...others] = clients
  const queue = others.splice(0, size.queue)
  const running: Promise<unknown>[] = []
  const start = (work: Promise<unknown>) => void running.push(work.catch(() => {}))

  await reader?.query('begin; select count(*) from crowd_2')
  if (migration !== undefined) start(migration.query('alter table crowd_2 add column again int'))
  queue.forEach((client, at) => {
    const statement =
      at % 6 === 0
        ? `select count(*) from crowd_2 where id > ${at}`
        : `update crowd_stock set reserved = ${at} where sku = 1 returning pg_sleep(0.2)`
    start(repeat(() => client.query(statement)))
  })
  others.forEach((client, at) => {
    // A third rests, some forget to commit, the rest mostly wait.
    if (at % 3 === 0) return
    if (at % 20 === 1) {
      start(client.query(`begin; select count(*) from crowd_${3 + (at % 50)}`))
      return
    }
    start(repeat(() => client.query(`select pg_sleep(0.5 + 2.5 * random()), ${at}`)))
  })
  const runners = await Promise.all([connect('orders service'), connect('orders service')])
  runners.forEach((client, half) => {
    let next = half * batch
    start(
      repeat(async () => {
        const texts = Array.from({ length: batch }, (_none, at) => statementOf(next + at, size.tables))
        next = (next + batch * runners.length) % size.statements
        await client.query(`${texts.join('; ')}; select pg_sleep(0.1)`)
      }),
    )
  })

  return {
    async stop() {
      ending.abort()
      await owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name = any($1)`,
        [[...applications, 'orders service']],
      )
      await Promise.all(running)
      await Promise.all([...clients, ...runners].map((client) => client.end().catch(() => {})))
      await owner.end()
    },
  }
}

async function makeTables(owner: Client, tables: number): Promise<void> {
  await owner.query(
    `create table crowd_stock (sku int primary key, reserved int not null default 0);
     insert into crowd_stock values (1, 0)`,
  )
  await owner.query(
    `do $$ begin
       for i in 1..${tables - 1} loop
         execute format('create table crowd_%s (id int primary key, note text, amount int)', i);
         if i % 5 = 0 then execute format('insert into crowd_%s select g, ''note '' || g, g from generate_series(1, 20) g', i); end if;
         if i % 500 = 0 then commit; end if;
       end loop;
     end $$`,
  )
  await owner.query('analyze')
}

/** A statement whose shape no other number has: from 18 on the server tells tables apart by the name they have in it. */
function statementOf(number: number, tables: number): string {
  const table = `crowd_${1 + (number % (tables - 1) === 1 ? 4 : number % (tables - 1))}`
  const columns = ['count(*)', 'max(amount)', 'min(note)', 'sum(amount)'].slice(0, 1 + (number % 4))
  return `select ${columns.join(', ')} from ${table} where id between 1 and ${number} and amount is not null /* ${number} */`
}
