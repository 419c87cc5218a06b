-- Schema 11. How each scan folder was found to behave when it was last measured.
CREATE TABLE watching (
    path        TEXT PRIMARY KEY,
    file_system TEXT NOT NULL,
    remote      INTEGER NOT NULL,
    writable    INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    event_after REAL,
    listing     REAL NOT NULL,
    files       INTEGER NOT NULL,
    look_every  REAL NOT NULL
) WITHOUT ROWID;
