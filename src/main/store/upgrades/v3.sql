-- Format 3: what was recorded of a server over time.
-- Documented in docs/formats/session.md. Never change this file once a release has written it: add v4.sql.

CREATE TABLE recordings (
  recording_no       INTEGER   NOT NULL,
  started_at         TIMESTAMP NOT NULL,
  ended_at           TIMESTAMP,
  hz                 DOUBLE    NOT NULL,
  target_name        VARCHAR   NOT NULL,
  target_host        VARCHAR   NOT NULL,
  target_port        INTEGER,
  target_database    VARCHAR   NOT NULL,
  target_user        VARCHAR   NOT NULL,
  server_version     VARCHAR   NOT NULL,
  server_version_num INTEGER   NOT NULL
);

CREATE TABLE origins (
  origin_no     INTEGER NOT NULL,
  database_name VARCHAR,
  user_name     VARCHAR,
  application   VARCHAR,
  client        VARCHAR
);

CREATE TABLE backends (
  backend_no   INTEGER   NOT NULL,
  pid          INTEGER   NOT NULL,
  started_at   TIMESTAMP NOT NULL,
  backend_type VARCHAR   NOT NULL,
  leader_pid   INTEGER,
  origin_no    INTEGER   NOT NULL
);

CREATE TABLE doings (
  doing_no     INTEGER NOT NULL,
  backend_type VARCHAR NOT NULL,
  state        VARCHAR NOT NULL,
  wait_class   VARCHAR NOT NULL,
  wait_event   VARCHAR
);

CREATE TABLE statements (
  statement_no INTEGER NOT NULL,
  query_id     VARCHAR,
  text         VARCHAR
);

CREATE TABLE statement_texts (
  query_id VARCHAR NOT NULL,
  text     VARCHAR NOT NULL
);

CREATE TABLE statement_examples (
  sampled_at   TIMESTAMP NOT NULL,
  statement_no INTEGER   NOT NULL,
  backend_no   INTEGER   NOT NULL,
  text         VARCHAR   NOT NULL
);

CREATE TABLE statement_entries (
  entry_no      INTEGER NOT NULL,
  query_id      VARCHAR NOT NULL,
  database_name VARCHAR NOT NULL,
  user_name     VARCHAR NOT NULL,
  is_top_level  BOOLEAN NOT NULL
);

CREATE TABLE statement_ticks (
  sampled_at TIMESTAMP NOT NULL,
  period_ms  INTEGER   NOT NULL
);

CREATE TABLE statement_deltas (
  sampled_at            TIMESTAMP NOT NULL,
  period_ms             INTEGER   NOT NULL,
  entry_no              INTEGER   NOT NULL,
  calls                 BIGINT    NOT NULL,
  result_rows           BIGINT    NOT NULL,
  execution_ms          DOUBLE    NOT NULL,
  execution_squares     DOUBLE    NOT NULL,
  plans                 BIGINT,
  planning_ms           DOUBLE,
  shared_hit_blocks     BIGINT    NOT NULL,
  shared_read_blocks    BIGINT    NOT NULL,
  shared_dirtied_blocks BIGINT    NOT NULL,
  shared_written_blocks BIGINT    NOT NULL,
  local_read_blocks     BIGINT    NOT NULL,
  local_written_blocks  BIGINT    NOT NULL,
  temp_read_blocks      BIGINT    NOT NULL,
  temp_written_blocks   BIGINT    NOT NULL,
  read_ms               DOUBLE    NOT NULL,
  write_ms              DOUBLE    NOT NULL,
  temp_read_ms          DOUBLE,
  temp_write_ms         DOUBLE,
  wal_records           BIGINT    NOT NULL,
  wal_bytes             BIGINT    NOT NULL,
  wal_buffers_full      BIGINT,
  jit_ms                DOUBLE,
  workers_planned       BIGINT,
  workers_launched      BIGINT,
  generic_plan_calls    BIGINT,
  custom_plan_calls     BIGINT
);

CREATE TABLE activity_ticks (
  sampled_at TIMESTAMP NOT NULL,
  period_ms  INTEGER   NOT NULL
);

CREATE TABLE activity_samples (
  sampled_at          TIMESTAMP NOT NULL,
  period_ms           INTEGER   NOT NULL,
  backend_no          INTEGER   NOT NULL,
  origin_no           INTEGER   NOT NULL,
  doing_no            INTEGER   NOT NULL,
  statement_no        INTEGER,
  statement_age_ms    BIGINT,
  transaction_lead_ms BIGINT,
  state_lag_ms        BIGINT,
  xmin_age            INTEGER
);

CREATE TABLE activity_minutes (
  minute_at    TIMESTAMP NOT NULL,
  origin_no    INTEGER   NOT NULL,
  doing_no     INTEGER   NOT NULL,
  statement_no INTEGER,
  busy_ms      INTEGER   NOT NULL
);

CREATE TABLE series (
  series_no INTEGER NOT NULL,
  metric    VARCHAR NOT NULL,
  labels    VARCHAR NOT NULL
);

CREATE TABLE metric_groups (
  group_no INTEGER NOT NULL,
  metric   VARCHAR NOT NULL
);

CREATE TABLE metric_ticks (
  sampled_at TIMESTAMP NOT NULL,
  period_ms  INTEGER   NOT NULL,
  group_no   INTEGER   NOT NULL
);

CREATE TABLE metric_samples (
  sampled_at TIMESTAMP NOT NULL,
  series_no  INTEGER   NOT NULL,
  value      DOUBLE    NOT NULL
);

CREATE TABLE metric_minutes (
  minute_at   TIMESTAMP NOT NULL,
  series_no   INTEGER   NOT NULL,
  value_sum   DOUBLE    NOT NULL,
  value_count INTEGER   NOT NULL
);

CREATE TABLE lock_ticks (
  sampled_at TIMESTAMP NOT NULL,
  period_ms  INTEGER   NOT NULL,
  waiters    INTEGER   NOT NULL,
  state_no   INTEGER
);

CREATE TABLE lock_states (
  state_no INTEGER NOT NULL,
  wait_no  INTEGER,
  hold_no  INTEGER
);

CREATE TABLE lock_waits (
  wait_no     INTEGER   NOT NULL,
  backend_no  INTEGER   NOT NULL,
  leader_no   INTEGER,
  lock_type   VARCHAR   NOT NULL,
  mode        VARCHAR   NOT NULL,
  relation    VARCHAR,
  started_at  TIMESTAMP,
  hard_nos    INTEGER[] NOT NULL,
  soft_nos    INTEGER[] NOT NULL
);

CREATE TABLE lock_holds (
  hold_no    INTEGER NOT NULL,
  backend_no INTEGER NOT NULL,
  lock_type  VARCHAR NOT NULL,
  mode       VARCHAR NOT NULL,
  relation   VARCHAR
);

CREATE TABLE markers (
  started_at TIMESTAMP NOT NULL,
  ended_at   TIMESTAMP,
  kind       VARCHAR   NOT NULL,
  label      VARCHAR   NOT NULL,
  facts      VARCHAR   NOT NULL
);

CREATE TABLE server_settings (
  read_at TIMESTAMP NOT NULL,
  name    VARCHAR   NOT NULL,
  value   VARCHAR   NOT NULL
);

CREATE TABLE schema_readings (
  reading_no    INTEGER   NOT NULL,
  first_no      INTEGER   NOT NULL,
  read_at       TIMESTAMP NOT NULL,
  database      VARCHAR   NOT NULL,
  counted_since TIMESTAMP,
  settings      VARCHAR   NOT NULL,
  notes         VARCHAR   NOT NULL
);

CREATE TABLE table_readings (
  reading_no            INTEGER   NOT NULL,
  is_gone               BOOLEAN   NOT NULL,
  oid                   BIGINT    NOT NULL,
  database              VARCHAR   NOT NULL,
  schema                VARCHAR   NOT NULL,
  name                  VARCHAR   NOT NULL,
  kind                  VARCHAR   NOT NULL,
  partition_of          VARCHAR,
  heap_bytes            BIGINT,
  toast_bytes           BIGINT,
  index_bytes           BIGINT    NOT NULL,
  total_bytes           BIGINT,
  estimated_rows        DOUBLE,
  pages                 BIGINT    NOT NULL,
  fill_factor_percent   BIGINT    NOT NULL,
  live_rows             BIGINT    NOT NULL,
  dead_rows             BIGINT    NOT NULL,
  changed_since_analyze BIGINT    NOT NULL,
  inserted_since_vacuum BIGINT    NOT NULL,
  seq_scans             BIGINT    NOT NULL,
  seq_rows              BIGINT    NOT NULL,
  index_scans           BIGINT,
  index_rows            BIGINT,
  inserted              BIGINT    NOT NULL,
  updated               BIGINT    NOT NULL,
  hot_updated           BIGINT    NOT NULL,
  new_page_updated      BIGINT,
  deleted               BIGINT    NOT NULL,
  heap_hit_blocks       BIGINT    NOT NULL,
  heap_read_blocks      BIGINT    NOT NULL,
  index_hit_blocks      BIGINT    NOT NULL,
  index_read_blocks     BIGINT    NOT NULL,
  last_vacuum_at        TIMESTAMP,
  last_autovacuum_at    TIMESTAMP,
  last_analyze_at       TIMESTAMP,
  last_autoanalyze_at   TIMESTAMP,
  xid_age               BIGINT,
  multixact_age         BIGINT,
  average_row_bytes     DOUBLE,
  options               VARCHAR
);

CREATE TABLE index_readings (
  reading_no          INTEGER   NOT NULL,
  is_gone             BOOLEAN   NOT NULL,
  oid                 BIGINT    NOT NULL,
  table_oid           BIGINT    NOT NULL,
  database            VARCHAR   NOT NULL,
  schema              VARCHAR   NOT NULL,
  table_name          VARCHAR   NOT NULL,
  name                VARCHAR   NOT NULL,
  method              VARCHAR   NOT NULL,
  definition          VARCHAR   NOT NULL,
  key_columns         VARCHAR   NOT NULL,
  key_kinds           VARCHAR   NOT NULL,
  included_columns    VARCHAR   NOT NULL,
  predicate           VARCHAR,
  is_unique           BOOLEAN   NOT NULL,
  is_primary          BOOLEAN   NOT NULL,
  is_constraint       BOOLEAN   NOT NULL,
  is_valid            BOOLEAN   NOT NULL,
  is_replica_identity BOOLEAN   NOT NULL,
  size_bytes          BIGINT,
  pages               BIGINT    NOT NULL,
  entries             BIGINT,
  scans               BIGINT    NOT NULL,
  rows_read           BIGINT    NOT NULL,
  rows_fetched        BIGINT    NOT NULL,
  hit_blocks          BIGINT    NOT NULL,
  read_blocks         BIGINT    NOT NULL,
  last_scan_at        TIMESTAMP
);

CREATE TABLE foreign_key_readings (
  reading_no       INTEGER NOT NULL,
  is_gone          BOOLEAN NOT NULL,
  name             VARCHAR NOT NULL,
  database         VARCHAR NOT NULL,
  schema           VARCHAR NOT NULL,
  table_name       VARCHAR NOT NULL,
  table_oid        BIGINT  NOT NULL,
  column_names     VARCHAR NOT NULL,
  referenced_table VARCHAR NOT NULL,
  references_oid   BIGINT  NOT NULL,
  is_indexed       BOOLEAN NOT NULL
);
