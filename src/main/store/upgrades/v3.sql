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
