-- Schema 4. Cases that are kept with their content until a moment, and content that is to be removed when nothing here
-- needs it any more. A pin without complete_at waits for content; problem names the class in model.errors that it waits for.
CREATE TABLE pins (
    case_id     TEXT PRIMARY KEY,
    pinned_at   INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    complete_at INTEGER,
    problem     TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO pins SELECT case_id, unixepoch() * 1000000, (unixepoch() + 7 * 86400) * 1000000, NULL, '' FROM cases WHERE pinned = 1;
CREATE TABLE leaving (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
