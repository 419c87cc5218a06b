-- Schema 2. Marks of one author on one document as XFDF files: the server's last known one, and mine while it is not sent.
CREATE TABLE annotation_sets (
    annotation_set_id TEXT PRIMARY KEY,
    document_id       TEXT NOT NULL,
    author            TEXT NOT NULL,
    remote            BLOB,
    local             BLOB
);
CREATE INDEX annotation_sets_document ON annotation_sets (document_id, author);
