-- Schema 9. Files that are pages, or the index file, of a batch name its first page; what a folder's scanner writes.
ALTER TABLE files ADD COLUMN batch_of TEXT;
CREATE INDEX files_batch ON files (batch_of) WHERE batch_of IS NOT NULL;
ALTER TABLE folders ADD COLUMN batch TEXT NOT NULL DEFAULT 'single';
ALTER TABLE folders ADD COLUMN batch_quiet REAL NOT NULL DEFAULT 20;
ALTER TABLE folders ADD COLUMN batch_wait REAL NOT NULL DEFAULT 600;
