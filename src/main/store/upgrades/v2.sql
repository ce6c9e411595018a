-- Format 2: plans from elsewhere, and settings that a run held for itself alone.
-- Documented in docs/formats/session.md. Never change this file once a release has written it: add v3.sql.

CREATE TABLE plans (
  plan_id      VARCHAR   NOT NULL PRIMARY KEY,
  plan_ordinal INTEGER   NOT NULL,
  name         VARCHAR   NOT NULL,
  source       VARCHAR   NOT NULL,
  added_at     TIMESTAMP NOT NULL,
  note         VARCHAR   NOT NULL,
  statement    VARCHAR,
  duration_ms  DOUBLE,
  node_count   INTEGER,
  execution_ms DOUBLE,
  text_chars   INTEGER   NOT NULL,
  plan_text    VARCHAR   NOT NULL
);

CREATE TABLE run_own_settings (
  run_ordinal INTEGER NOT NULL,
  name        VARCHAR NOT NULL,
  value       VARCHAR NOT NULL
);
