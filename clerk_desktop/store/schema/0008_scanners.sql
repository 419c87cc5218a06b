-- Schema 8. Scanners on the network: certificates that somebody confirmed, and which device each scanned file came from.
CREATE TABLE scanners (
    fingerprint  TEXT PRIMARY KEY,
    url          TEXT NOT NULL,
    name         TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE scan_origins (
    sha256     TEXT PRIMARY KEY,
    scanner    TEXT NOT NULL,
    serial     TEXT NOT NULL,
    url        TEXT NOT NULL,
    source     TEXT NOT NULL,
    both_sides INTEGER NOT NULL,
    dpi        INTEGER NOT NULL,
    mode       TEXT NOT NULL,
    scanned_at INTEGER NOT NULL
) WITHOUT ROWID;
