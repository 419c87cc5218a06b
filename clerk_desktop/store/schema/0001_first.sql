-- Schema 1. Times are microseconds since 1970 (UTC), days are ISO 8601 text, flags are 0 or 1,
-- lists and values of several kinds are JSON. Columns ending in _key or _sort are made from others for sorting and searching.

CREATE TABLE cases (
    case_id            TEXT PRIMARY KEY,
    case_number        TEXT NOT NULL UNIQUE,
    subject            TEXT NOT NULL,
    municipality       TEXT NOT NULL,
    filing_plan_number TEXT NOT NULL,
    status             TEXT NOT NULL,
    assignee           TEXT NOT NULL,
    participants       TEXT NOT NULL,
    due_on             TEXT,
    resubmit_on        TEXT,
    resubmit_note      TEXT NOT NULL,
    process_id         TEXT NOT NULL,
    process_step       TEXT NOT NULL,
    step_since         TEXT,
    opened_on          TEXT,
    closed_on          TEXT,
    confidentiality    TEXT NOT NULL,
    number_final       INTEGER NOT NULL,
    pinned             INTEGER NOT NULL,
    number_sort        TEXT NOT NULL,
    subject_sort       TEXT NOT NULL,
    assignee_sort      TEXT NOT NULL,
    due_sort           TEXT NOT NULL,
    resubmit_sort      TEXT NOT NULL,
    number_key         TEXT NOT NULL
);
-- One narrow index holds everything that lists are filtered, sorted and searched by: scanning it is cheap for any mix of
-- these, while an index per column would make every write touch ten places.
CREATE INDEX cases_list ON cases (
    number_sort, municipality, status, assignee_sort, due_sort, resubmit_sort, pinned, subject_sort, number_key
);
CREATE INDEX cases_pinned ON cases (number_sort) WHERE pinned = 1;

CREATE TABLE documents (
    document_id      TEXT PRIMARY KEY,
    municipality     TEXT NOT NULL,
    title            TEXT NOT NULL,
    case_id          TEXT,
    document_type    TEXT NOT NULL,
    sender           TEXT NOT NULL,
    sender_reference TEXT NOT NULL,
    our_reference    TEXT NOT NULL,
    subject          TEXT NOT NULL,
    letter_date      TEXT,
    received_on      TEXT,
    page_count       INTEGER NOT NULL,
    source_sha256    TEXT NOT NULL,
    sha256           TEXT NOT NULL,
    source_key       TEXT NOT NULL,
    paper_box        TEXT NOT NULL,
    confidentiality  TEXT NOT NULL,
    duplicate_of     TEXT NOT NULL,
    version          TEXT NOT NULL,
    mime_type        TEXT NOT NULL,
    length           INTEGER NOT NULL,
    sender_key       TEXT NOT NULL
);
CREATE INDEX documents_case ON documents (case_id, received_on, title);
CREATE INDEX documents_source ON documents (source_sha256) WHERE source_sha256 <> '';
CREATE INDEX documents_content ON documents (sha256) WHERE sha256 <> '';
CREATE INDEX documents_sender ON documents (sender_key, received_on) WHERE sender_key <> '' AND case_id IS NOT NULL;

CREATE TABLE suggestions (
    document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    payload     BLOB NOT NULL
);

CREATE TABLE events (
    event_id    TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    actor       TEXT NOT NULL,
    at          INTEGER NOT NULL,
    text        TEXT NOT NULL,
    case_id     TEXT,
    document_id TEXT,
    target_date TEXT,
    target_user TEXT NOT NULL,
    from_step   TEXT NOT NULL,
    to_step     TEXT NOT NULL
);
CREATE INDEX events_case ON events (case_id, at);
CREATE INDEX events_document ON events (document_id, at);

CREATE TABLE folders (
    folder_id           TEXT PRIMARY KEY,
    path                TEXT NOT NULL UNIQUE,
    municipality        TEXT NOT NULL,
    keep_originals_days INTEGER
);

CREATE TABLE files (
    file_id       TEXT PRIMARY KEY,
    folder_id     TEXT NOT NULL,
    path          TEXT NOT NULL,
    size          INTEGER NOT NULL,
    modified_ns   INTEGER NOT NULL,
    state         TEXT NOT NULL,
    seen_at       INTEGER NOT NULL,
    received_on   TEXT,
    source_sha256 TEXT NOT NULL,
    claimed_at    INTEGER,
    confirmed_at  INTEGER,
    settled_at    INTEGER,
    settled_path  TEXT NOT NULL,
    discarded_at  INTEGER,
    refusal       TEXT,
    duplicate_of  TEXT,
    day           TEXT NOT NULL
);
CREATE INDEX files_path ON files (folder_id, path) WHERE settled_at IS NULL;
CREATE INDEX files_state ON files (state, seen_at);
CREATE INDEX files_source ON files (source_sha256) WHERE source_sha256 <> '';
CREATE INDEX files_day ON files (day, seen_at);
CREATE INDEX files_unsettled ON files (seen_at) WHERE state = 'confirmed' AND settled_at IS NULL;

CREATE TABLE file_parts (
    document_id TEXT PRIMARY KEY,
    file_id     TEXT NOT NULL,
    position    INTEGER NOT NULL,
    pages       TEXT NOT NULL,
    progress    TEXT NOT NULL
);
CREATE INDEX file_parts_file ON file_parts (file_id, position);

-- What was taken in, for ever: lost files are found by comparing this with files.
CREATE TABLE claim_log (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    file_id TEXT NOT NULL,
    path    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX claim_log_file ON claim_log (file_id);
CREATE TRIGGER claim_log_stays BEFORE UPDATE ON claim_log BEGIN SELECT raise(ABORT, 'the claim log is only appended to'); END;
CREATE TRIGGER claim_log_keeps BEFORE DELETE ON claim_log BEGIN SELECT raise(ABORT, 'the claim log is only appended to'); END;

CREATE TABLE outbox (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    operation_id TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL,
    payload      BLOB NOT NULL,
    state        TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    error        TEXT NOT NULL DEFAULT '',
    failure      TEXT,
    next_try     INTEGER
);
CREATE INDEX outbox_state ON outbox (state, next_try);
CREATE TABLE outbox_touches (
    object_id TEXT NOT NULL,
    seq       INTEGER NOT NULL REFERENCES outbox ON DELETE CASCADE,
    PRIMARY KEY (object_id, seq)
) WITHOUT ROWID;
CREATE INDEX outbox_touches_seq ON outbox_touches (seq);
CREATE TABLE outbox_sent (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    at   INTEGER NOT NULL,
    kind TEXT NOT NULL
);

CREATE TABLE baselines (
    object_id    TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    server_id    TEXT NOT NULL,
    series_id    TEXT NOT NULL,
    parent_id    TEXT NOT NULL,
    change_token TEXT NOT NULL,
    modified_at  INTEGER,
    case_value   BLOB,
    document     BLOB
);
CREATE INDEX baselines_server ON baselines (server_id);
CREATE INDEX baselines_series ON baselines (series_id);
CREATE INDEX baselines_parent ON baselines (parent_id);

CREATE TABLE account (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    url        TEXT NOT NULL,
    user       TEXT NOT NULL,
    repository TEXT NOT NULL,
    mapping    TEXT NOT NULL
);
CREATE TABLE secrets (name TEXT PRIMARY KEY, secret TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sync_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE templates (name TEXT PRIMARY KEY, content BLOB NOT NULL);

CREATE TABLE changes (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,
    object_id TEXT NOT NULL
);
CREATE TABLE rounds (
    role      TEXT PRIMARY KEY,
    number    INTEGER NOT NULL,
    exit_code INTEGER,
    error     TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
