import { gauge } from '../define.ts'

/** What keeps old row versions alive, and how far it is to wraparound. Ages are counted in transactions. */
export const transactionMetrics = {
  'transactions.prepared': gauge('Prepared transactions', 'count', 'pg_prepared_xacts'),
  'transactions.prepared-oldest-ms': gauge(
    'Age of the oldest prepared transaction',
    'ms',
    'pg_prepared_xacts.prepared',
  ),
  'transactions.oldest-ms': gauge('Age of the longest transaction', 'ms', 'pg_stat_activity.xact_start'),
  'transactions.horizon-age': gauge(
    'Transactions since the oldest row version still needed',
    'count',
    'pg_stat_activity.backend_xmin, pg_replication_slots.xmin, pg_prepared_xacts.transaction',
    ['cause'],
  ),
  'transactions.wraparound-age': gauge(
    'Transactions since the oldest unfrozen row',
    'count',
    'age(pg_database.datfrozenxid)',
    ['database'],
  ),
  'transactions.multixact-age': gauge(
    'Multixacts since the oldest one in use',
    'count',
    'mxid_age(pg_database.datminmxid)',
    ['database'],
  ),
} as const
