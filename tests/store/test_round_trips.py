"""What is put into the store comes out the same, field by field."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest

from clerk_desktop.model.account import Account, Template
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event
from clerk_desktop.model.ids import FileId
from clerk_desktop.model.ledger import ScanFolder, ScannedFile
from clerk_desktop.model.outbox import Operation
from clerk_desktop.store.store import Store
from tests.store.samples_of import (
    ACCOUNT,
    BASELINES,
    BATCH_FOLDER,
    CASE,
    DOCUMENT,
    EVENT,
    FILE,
    FOLDER,
    NOW,
    OPERATIONS,
    PARTS,
    SUGGESTIONS,
)


@pytest.mark.parametrize("value", [CASE, DOCUMENT, EVENT, BATCH_FOLDER], ids=lambda value: type(value).__name__)
def test_the_samples_fill_every_field_with_something_of_their_own(value: Case | Document | Event | ScanFolder) -> None:
    for field in fields(value):
        assert getattr(value, field.name) not in (field.default, "", None), field.name


def test_cases_documents_and_events_come_back_as_they_were(store: Store) -> None:
    with store.write() as session:
        session.cases.put(CASE)
        session.documents.put(DOCUMENT)
        session.suggestions.put(DOCUMENT.document_id, SUGGESTIONS)
        session.events.put(EVENT)
    with store.read() as session:
        assert session.cases.get(CASE.case_id) == CASE
        assert session.cases.by_number(CASE.case_number) == CASE
        assert session.documents.get(DOCUMENT.document_id) == DOCUMENT
        assert session.suggestions.get(DOCUMENT.document_id) == SUGGESTIONS
        assert session.events.get(EVENT.event_id) == EVENT


def test_a_case_without_days_comes_back_without_days(store: Store) -> None:
    bare = replace(
        CASE, due_on=None, resubmit_on=None, step_since=None, opened_on=None, closed_on=None, participants=()
    )
    with store.write() as session:
        session.cases.put(bare)
    with store.read() as session:
        assert session.cases.get(CASE.case_id) == bare


def test_folders_files_parts_and_claims_come_back_as_they_were(store: Store) -> None:
    with store.write() as session:
        session.folders.add(BATCH_FOLDER)
        session.ledger.add(FILE)
        session.ledger.add(replace(FILE, file_id=FileId("2"), batch_of=FILE.file_id))
        session.ledger.add_parts(PARTS)
        session.ledger.claim_log_add(FILE.file_id, FILE.path, "a" * 64, NOW)
    with store.read() as session:
        assert session.folders.all() == (BATCH_FOLDER,)
        assert session.folders.get(FOLDER.folder_id) == BATCH_FOLDER
        assert [file.file_id for file in session.ledger.batch(FILE.file_id)] == ["2"]
        assert session.ledger.get(FILE.file_id) == FILE
        assert session.ledger.parts(FILE.file_id) == PARTS
        assert session.ledger.part_of(PARTS[1].document_id) == PARTS[1]
        (claim,) = session.ledger.claims()
        assert (claim.file_id, claim.path, claim.sha256, claim.at) == (FILE.file_id, FILE.path, "a" * 64, NOW)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: type(operation).__name__)
def test_every_kind_of_operation_comes_back_as_it_was(store: Store, operation: Operation) -> None:
    with store.write() as session:
        session.outbox.add(operation, NOW)
    with store.read() as session:
        assert [(entry.operation, entry.created_at) for entry in session.outbox.all()] == [(operation, NOW)]


def test_baselines_are_found_by_our_id_and_both_ids_of_the_server(store: Store) -> None:
    case, document = BASELINES
    with store.write() as session:
        session.baselines.put(case)
        session.baselines.put(document)
    with store.read() as session:
        assert session.baselines.get(case.object_id) == case
        assert session.baselines.by_server_id("doc-1;1.0") == document
        assert session.baselines.by_series_id("doc-1") == document
        assert session.baselines.children("folder-1") == (document,)
    with store.write() as session:
        session.baselines.remove(case.object_id)
        assert session.baselines.get(case.object_id) is None


def test_account_templates_secrets_and_sync_state_come_back_as_they_were(store: Store) -> None:
    with store.read() as session:
        assert session.account.get() is None
        assert session.sync.token() == ""
        assert session.sync.last_sync() is None
        assert session.sync.template(Template.PEOPLE) is None
    with store.write() as session:
        session.account.put(Account(url="https://old", user="", repository="", mapping=""))
        session.account.put(ACCOUNT)
        session.sync.set_token("17")
        session.sync.set_last_sync(NOW)
        session.sync.set_note("window", "2025")
        session.sync.set_template(Template.PEOPLE, b"{}")
        session.secrets.put("password", "geheim")
    with store.read() as session:
        assert session.account.get() == ACCOUNT
        assert session.sync.token() == "17"
        assert session.sync.last_sync() == NOW
        assert session.sync.note("window") == "2025"
        assert session.sync.template(Template.PEOPLE) == b"{}"
        assert session.secrets.get("password") == "geheim"
    with store.write() as session:
        session.account.remove()
        session.secrets.remove("password")
        session.secrets.remove("password")
    with store.read() as session:
        assert session.account.get() is None
        assert session.secrets.get("password") is None


@pytest.mark.parametrize(
    ("table", "kind"),
    [("cases", Case), ("documents", Document), ("events", Event), ("files", ScannedFile), ("folders", ScanFolder)],
)
def test_every_field_of_a_value_has_a_column(table: str, kind: type, store: Store) -> None:
    from clerk_desktop.store.migrate import migrations

    sql = "\n".join(step.sql for step in migrations())
    body = sql.split(f"CREATE TABLE {table} (")[1].split(");")[0]
    columns = {line.split()[0] for line in body.strip().splitlines() if line.strip()}
    columns |= set(re.findall(rf"ALTER TABLE {table} ADD COLUMN (\w+)", sql))
    assert {field.name for field in fields(kind)} <= columns
