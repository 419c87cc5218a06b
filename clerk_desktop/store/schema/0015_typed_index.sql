-- Schema 15. What was typed for letters in the inbox and is not filed yet: there again after the window was closed. Goes
-- with the letter, and when it is filed by whomever.
CREATE TABLE typed_index (
    document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    payload     BLOB NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER typed_index_filed AFTER UPDATE OF case_id ON documents WHEN NEW.case_id IS NOT NULL BEGIN
    DELETE FROM typed_index WHERE document_id = NEW.document_id;
END;
