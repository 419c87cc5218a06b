-- Transfer notes, chained by hash per station (BSI TR-03138). text is canonical JSON, sha256 its hash.
CREATE TABLE transfer_notes (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    station     TEXT NOT NULL,
    number      INTEGER NOT NULL,
    document_id TEXT NOT NULL,
    text        TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    UNIQUE (station, number)
);
CREATE INDEX transfer_notes_document ON transfer_notes (document_id, number);
CREATE TRIGGER transfer_notes_stay BEFORE UPDATE ON transfer_notes BEGIN SELECT raise(ABORT, 'transfer notes are only appended'); END;
CREATE TRIGGER transfer_notes_are_kept BEFORE DELETE ON transfer_notes BEGIN SELECT raise(ABORT, 'transfer notes are only appended'); END;
-- The last note of each station, so that an end that was cut off is noticed.
CREATE TABLE transfer_note_ends (
    station TEXT PRIMARY KEY,
    number  INTEGER NOT NULL,
    sha256  TEXT NOT NULL
) WITHOUT ROWID;
-- Documents from before there were notes; every other scanned document must have one.
CREATE TABLE documents_before_notes (document_id TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO documents_before_notes SELECT document_id FROM file_parts;
