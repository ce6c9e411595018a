-- Format 1: a session and the runs of single statements.
-- Documented in docs/formats/session.md. Never change this file once a release has written it: add v2.sql.

CREATE TABLE meta (
  session_id         VARCHAR   NOT NULL,
  name               VARCHAR   NOT NULL,
  format_version     INTEGER   NOT NULL,
  created_at         TIMESTAMP NOT NULL,
  created_by_version VARCHAR   NOT NULL,
  written_by_version VARCHAR   NOT NULL
);

CREATE TABLE runs (
  run_id                  VARCHAR   NOT NULL PRIMARY KEY,
  run_ordinal             INTEGER   NOT NULL,
  started_at              TIMESTAMP NOT NULL,
  target_name             VARCHAR   NOT NULL,
  target_host             VARCHAR   NOT NULL,
  target_port             INTEGER,
  target_database         VARCHAR   NOT NULL,
  target_user             VARCHAR   NOT NULL,
  server_version          VARCHAR   NOT NULL,
  server_version_num      INTEGER   NOT NULL,
  statement               VARCHAR   NOT NULL,
  mode                    VARCHAR   NOT NULL,
  state                   VARCHAR   NOT NULL,
  outcome                 VARCHAR   NOT NULL,
  elapsed_ms              DOUBLE    NOT NULL,
  first_row_ms            DOUBLE,
  planning_ms             DOUBLE,
  execution_ms            DOUBLE,
  result_rows             BIGINT    NOT NULL,
  shared_hit_blocks       BIGINT,
  shared_read_blocks      BIGINT,
  temp_written_blocks     BIGINT,
  note                    VARCHAR   NOT NULL,
  error_code              VARCHAR,
  error_message           VARCHAR,
  error_detail            VARCHAR,
  error_hint              VARCHAR,
  error_position          INTEGER,
  explain_buffers         BOOLEAN   NOT NULL,
  explain_wal             BOOLEAN   NOT NULL,
  explain_settings        BOOLEAN   NOT NULL,
  explain_verbose         BOOLEAN   NOT NULL,
  explain_timing          BOOLEAN   NOT NULL,
  explain_serialize       VARCHAR   NOT NULL,
  explain_memory          BOOLEAN   NOT NULL,
  on_end                  VARCHAR   NOT NULL,
  statement_timeout_ms    DOUBLE    NOT NULL,
  max_rows                BIGINT    NOT NULL,
  sample_hz               DOUBLE    NOT NULL,
  waits_requested_hz      DOUBLE    NOT NULL,
  waits_started_at        TIMESTAMP NOT NULL,
  waits_ticks             INTEGER   NOT NULL,
  waits_skipped_ticks     INTEGER   NOT NULL,
  waits_observer_query_ms DOUBLE    NOT NULL,
  peak_temp_bytes         BIGINT,
  counters_read           BOOLEAN   NOT NULL,
  wal_records             BIGINT,
  wal_full_page_images    BIGINT,
  wal_bytes               BIGINT
);

CREATE TABLE run_top_waits (
  run_ordinal INTEGER NOT NULL,
  wait_class  VARCHAR NOT NULL,
  wait_event  VARCHAR,
  samples     INTEGER NOT NULL,
  share       DOUBLE  NOT NULL
);

CREATE TABLE run_parameters (
  run_ordinal INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  value       VARCHAR,
  type        VARCHAR
);

CREATE TABLE run_settings (
  run_ordinal INTEGER NOT NULL,
  name        VARCHAR NOT NULL,
  value       VARCHAR NOT NULL
);

CREATE TABLE run_plans (
  run_ordinal INTEGER NOT NULL,
  plan_json   VARCHAR NOT NULL
);

CREATE TABLE run_wait_samples (
  run_ordinal INTEGER NOT NULL,
  at_ms       DOUBLE  NOT NULL,
  pid         INTEGER NOT NULL,
  role        VARCHAR NOT NULL,
  state       VARCHAR NOT NULL,
  wait_class  VARCHAR NOT NULL,
  wait_event  VARCHAR
);

CREATE TABLE run_lock_waits (
  run_ordinal  INTEGER   NOT NULL,
  at_ms        DOUBLE    NOT NULL,
  pid          INTEGER   NOT NULL,
  lock_type    VARCHAR   NOT NULL,
  lock_mode    VARCHAR   NOT NULL,
  relation     VARCHAR,
  blocker_pids INTEGER[] NOT NULL
);

CREATE TABLE run_held_locks (
  run_ordinal INTEGER NOT NULL,
  lock_type   VARCHAR NOT NULL,
  lock_mode   VARCHAR NOT NULL,
  relation    VARCHAR,
  fast_path   BOOLEAN NOT NULL,
  lock_count  INTEGER NOT NULL
);

CREATE TABLE run_counters (
  run_ordinal  INTEGER NOT NULL,
  io_object    VARCHAR NOT NULL,
  io_context   VARCHAR NOT NULL,
  reads        BIGINT  NOT NULL,
  read_bytes   BIGINT  NOT NULL,
  read_ms      DOUBLE  NOT NULL,
  writes       BIGINT  NOT NULL,
  write_bytes  BIGINT  NOT NULL,
  write_ms     DOUBLE  NOT NULL,
  extends      BIGINT  NOT NULL,
  extend_bytes BIGINT  NOT NULL,
  hits         BIGINT  NOT NULL,
  evictions    BIGINT  NOT NULL
);

CREATE TABLE run_notes (
  run_ordinal INTEGER NOT NULL,
  source      VARCHAR NOT NULL,
  note        VARCHAR NOT NULL
);
