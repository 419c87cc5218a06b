-- Schema 6. What searching needs. Words come here spelled alike (model.searching.words_of), so the tokenizer only splits.
-- rowid is that of cases and documents: nothing may renumber those (no VACUUM).
CREATE VIRTUAL TABLE case_words USING fts5(number, words, tokenize = 'ascii');
INSERT INTO case_words (case_words, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE document_words USING fts5(number, words, tokenize = 'ascii');
INSERT INTO document_words (document_words, rank) VALUES ('secure-delete', 1);
-- Case numbers as they are looked for: their groups of digits and letters, without leading zeros, one blank between two.
CREATE TABLE case_keys (
    key   TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (key, place)
) WITHOUT ROWID;
-- The different words of numbers, subjects, titles and names, to find those that are spelled nearly alike.
CREATE TABLE search_words (
    word     TEXT PRIMARY KEY,
    backward TEXT NOT NULL,
    length   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX search_words_front ON search_words (length, word);
CREATE INDEX search_words_end ON search_words (backward);
CREATE INDEX search_words_back ON search_words (length, backward);
-- Rows from before there was an index; they leave when they are in it.
CREATE TABLE search_waiting (
    kind  TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (kind, place)
) WITHOUT ROWID;
INSERT INTO search_waiting SELECT 'case', rowid FROM cases;
INSERT INTO search_waiting SELECT 'document', rowid FROM documents;
-- Text of content that is here, page by page; read_contents has those that are read to the end.
CREATE TABLE page_texts (
    place  INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    page   INTEGER NOT NULL,
    text   TEXT NOT NULL,
    UNIQUE (sha256, page)
);
CREATE VIRTUAL TABLE page_words USING fts5(words, tokenize = 'ascii');
INSERT INTO page_words (page_words, rank) VALUES ('secure-delete', 1);
CREATE TABLE read_contents (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
