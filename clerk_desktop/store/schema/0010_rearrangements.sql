-- Schema 10. Letters that gave way to letters made of their pages; kept when they are gone, for the account of their scan.
CREATE TABLE rearrangements (
    document_id TEXT PRIMARY KEY,
    payload     TEXT NOT NULL
) WITHOUT ROWID;
-- Each new letter, and the one that its first page was in.
CREATE TABLE rearranged_letters (
    document_id TEXT PRIMARY KEY,
    made_of     TEXT NOT NULL
) WITHOUT ROWID;
