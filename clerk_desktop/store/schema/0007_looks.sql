-- Schema 7. What the pages of scanned letters look like, to find the same letter scanned twice. Goes with its document,
-- and after 90 days.
CREATE TABLE page_looks (
    document_id  TEXT NOT NULL REFERENCES documents ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    page         INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    at           INTEGER NOT NULL,
    picture      TEXT NOT NULL,
    words        BLOB NOT NULL,
    PRIMARY KEY (document_id, page)
) WITHOUT ROWID;
CREATE INDEX page_looks_town ON page_looks (municipality, picture, document_id, page);
CREATE INDEX page_looks_age ON page_looks (at);
