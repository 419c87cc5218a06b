-- Schema 12. A case or document that was taken in as the server has it stands for its own baseline (as_kept = 1, no value
-- beside it) until something changes here: then, before it changes, it is written down as it was. A column that a later
-- schema adds to cases or documents goes into these triggers.
ALTER TABLE baselines ADD COLUMN as_kept INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER cases_baseline_changes BEFORE UPDATE ON cases BEGIN
    UPDATE baselines SET as_kept = 0, case_value = CAST(json_object(
        'case_id', old.case_id,
        'case_number', old.case_number,
        'subject', old.subject,
        'municipality', old.municipality,
        'filing_plan_number', old.filing_plan_number,
        'status', old.status,
        'assignee', old.assignee,
        'participants', json(old.participants),
        'due_on', old.due_on,
        'resubmit_on', old.resubmit_on,
        'resubmit_note', old.resubmit_note,
        'process_id', old.process_id,
        'process_step', old.process_step,
        'step_since', old.step_since,
        'opened_on', old.opened_on,
        'closed_on', old.closed_on,
        'confidentiality', old.confidentiality,
        'number_final', json(iif(old.number_final, 'true', 'false')),
        'pinned', json(iif(old.pinned, 'true', 'false'))
    ) AS BLOB) WHERE object_id = old.case_id AND as_kept = 1;
END;
CREATE TRIGGER documents_baseline_changes BEFORE UPDATE ON documents BEGIN
    UPDATE baselines SET as_kept = 0, document = CAST(json_object(
        'document_id', old.document_id,
        'municipality', old.municipality,
        'title', old.title,
        'case_id', old.case_id,
        'document_type', old.document_type,
        'sender', old.sender,
        'sender_reference', old.sender_reference,
        'our_reference', old.our_reference,
        'subject', old.subject,
        'letter_date', old.letter_date,
        'received_on', old.received_on,
        'page_count', old.page_count,
        'source_sha256', old.source_sha256,
        'sha256', old.sha256,
        'source_key', old.source_key,
        'paper_box', old.paper_box,
        'confidentiality', old.confidentiality,
        'duplicate_of', old.duplicate_of,
        'version', old.version,
        'mime_type', old.mime_type,
        'length', old.length
    ) AS BLOB) WHERE object_id = old.document_id AND as_kept = 1;
END;
CREATE TRIGGER cases_baseline_goes BEFORE DELETE ON cases BEGIN
    UPDATE baselines SET as_kept = 0, case_value = CAST(json_object(
        'case_id', old.case_id,
        'case_number', old.case_number,
        'subject', old.subject,
        'municipality', old.municipality,
        'filing_plan_number', old.filing_plan_number,
        'status', old.status,
        'assignee', old.assignee,
        'participants', json(old.participants),
        'due_on', old.due_on,
        'resubmit_on', old.resubmit_on,
        'resubmit_note', old.resubmit_note,
        'process_id', old.process_id,
        'process_step', old.process_step,
        'step_since', old.step_since,
        'opened_on', old.opened_on,
        'closed_on', old.closed_on,
        'confidentiality', old.confidentiality,
        'number_final', json(iif(old.number_final, 'true', 'false')),
        'pinned', json(iif(old.pinned, 'true', 'false'))
    ) AS BLOB) WHERE object_id = old.case_id AND as_kept = 1;
END;
CREATE TRIGGER documents_baseline_goes BEFORE DELETE ON documents BEGIN
    UPDATE baselines SET as_kept = 0, document = CAST(json_object(
        'document_id', old.document_id,
        'municipality', old.municipality,
        'title', old.title,
        'case_id', old.case_id,
        'document_type', old.document_type,
        'sender', old.sender,
        'sender_reference', old.sender_reference,
        'our_reference', old.our_reference,
        'subject', old.subject,
        'letter_date', old.letter_date,
        'received_on', old.received_on,
        'page_count', old.page_count,
        'source_sha256', old.source_sha256,
        'sha256', old.sha256,
        'source_key', old.source_key,
        'paper_box', old.paper_box,
        'confidentiality', old.confidentiality,
        'duplicate_of', old.duplicate_of,
        'version', old.version,
        'mime_type', old.mime_type,
        'length', old.length
    ) AS BLOB) WHERE object_id = old.document_id AND as_kept = 1;
END;
