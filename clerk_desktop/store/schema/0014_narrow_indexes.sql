-- Schema 14. Long names are looked up by their end and then compared as a whole (statements.called): such an index has a
-- third of the pages, and each transaction of a first listing writes most of them anew. Of names beyond 48 signs, which
-- are made of several parts, the last may be the same in all: they stand there whole.
DROP INDEX baselines_server;
DROP INDEX baselines_series;
DROP INDEX baselines_parent;
DROP INDEX documents_content;
DROP INDEX documents_case;
CREATE INDEX baselines_server ON baselines (iif(length(server_id) > 48, server_id, substr(server_id, -12)));
CREATE INDEX baselines_series ON baselines (iif(length(series_id) > 48, series_id, substr(series_id, -12)));
CREATE INDEX baselines_parent ON baselines (iif(length(parent_id) > 48, parent_id, substr(parent_id, -12)));
CREATE INDEX documents_content ON documents (substr(sha256, -12)) WHERE sha256 <> '';
CREATE INDEX documents_case ON documents (iif(length(case_id) > 48, case_id, substr(case_id, -12)))
    WHERE case_id IS NOT NULL;
CREATE INDEX documents_inbox ON documents (municipality) WHERE case_id IS NULL;
