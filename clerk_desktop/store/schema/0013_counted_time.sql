-- Schema 13. Time as the settling of originals counted it, and when by it each original was settled.
CREATE TABLE counted_time (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    clock_at   INTEGER NOT NULL,
    counted_at INTEGER NOT NULL
);
CREATE TABLE originals_settled (
    file_id    TEXT PRIMARY KEY,
    counted_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_settled ON files (settled_path) WHERE settled_path <> '';
