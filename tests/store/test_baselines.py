"""A case or document as the server has it is its own baseline, and stays one when it changes or goes here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.document import Document
from clerk_desktop.model.pin import Pin
from clerk_desktop.model.remote import RemoteRef
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE, DOCUMENT, NOW

REF = RemoteRef(server_id="s;1", series_id="s", parent_id="root", change_token="7", modified_at=NOW)
ODD = 'a "quoted" \\ word\x00\x01\n\u2028 ß 𝄞'
PLAIN_CASE = Case(case_id=CASE.case_id, case_number="", subject="", municipality="", filing_plan_number="")
PLAIN_DOCUMENT = Document(document_id=DOCUMENT.document_id, municipality="", title="")
CASES = [CASE, PLAIN_CASE, replace(CASE, subject=ODD, participants=(ODD, ""), number_final=True, pinned=False)]
DOCUMENTS = [DOCUMENT, PLAIN_DOCUMENT, replace(DOCUMENT, title=ODD, sender=ODD, length=2**53 + 1)]


def change_case(session: Session) -> None:
    session.cases.put(replace(CASE, subject="Something else"))


def pin(session: Session) -> None:
    session.pins.put(Pin(case_id=CASE.case_id, pinned_at=NOW, expires_at=NOW))


def forget_case(session: Session) -> None:
    session.cases.remove(CASE.case_id)


def change_document(session: Session) -> None:
    session.documents.put(replace(DOCUMENT, title="Something else"))


def forget_document(session: Session) -> None:
    session.documents.remove(DOCUMENT.document_id)


def keep_case(store: Store, case: Case) -> None:
    with store.write() as session:
        session.baselines.put_as_kept(ChangeKind.CASE, [(case.case_id, REF)])
        session.cases.put_new([case])


def keep_document(store: Store, document: Document) -> None:
    with store.write() as session:
        session.baselines.put_as_kept(ChangeKind.DOCUMENT, [(document.document_id, REF)])
        session.documents.put_new([document], [document.case_id])


def known_case(store: Store) -> Case | None:
    with store.read() as session:
        baseline = session.baselines.get(CASE.case_id)
    assert baseline is not None
    assert (baseline.ref, baseline.document) == (REF, None)
    return baseline.case


def known_document(store: Store) -> Document | None:
    with store.read() as session:
        baseline = session.baselines.get(DOCUMENT.document_id)
    assert baseline is not None
    assert (baseline.ref, baseline.case) == (REF, None)
    return baseline.document


@pytest.mark.parametrize("change", [change_case, pin, forget_case])
@pytest.mark.parametrize("case", CASES)
def test_a_case_stays_known_as_the_server_has_it(store: Store, case: Case, change: Callable[[Session], None]) -> None:
    keep_case(store, case)
    assert known_case(store) == case
    for _ in range(2):
        with store.write() as session:
            change(session)
        assert known_case(store) == case
    with store.read() as session:
        assert session.cases.get(CASE.case_id) != case or change is pin


@pytest.mark.parametrize("change", [change_document, forget_document])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_stays_known_as_the_server_has_it(
    store: Store, document: Document, change: Callable[[Session], None]
) -> None:
    keep_document(store, document)
    assert known_document(store) == document
    for _ in range(2):
        with store.write() as session:
            change(session)
        assert known_document(store) == document
    with store.read() as session:
        assert session.documents.get(DOCUMENT.document_id) != document


@pytest.mark.parametrize("name", [field.name for field in fields(Case) if field.name != "case_id"])
def test_each_field_of_a_case_is_written_down(store: Store, name: str) -> None:
    case = replace(PLAIN_CASE, **{name: getattr(CASE, name)})
    assert case != PLAIN_CASE
    keep_case(store, case)
    change_in(store, change_case)
    assert known_case(store) == case


@pytest.mark.parametrize("name", [field.name for field in fields(Document) if field.name != "document_id"])
def test_each_field_of_a_document_is_written_down(store: Store, name: str) -> None:
    document = replace(PLAIN_DOCUMENT, **{name: getattr(DOCUMENT, name)})
    assert document != PLAIN_DOCUMENT
    keep_document(store, document)
    change_in(store, change_document)
    assert known_document(store) == document


def change_in(store: Store, change: Callable[[Session], None]) -> None:
    with store.write() as session:
        change(session)


def test_what_is_rolled_back_changed_nothing(store: Store) -> None:
    keep_document(store, DOCUMENT)
    with pytest.raises(LookupError), store.write() as session:
        change_document(session)
        raise LookupError
    assert known_document(store) == DOCUMENT
    change_in(store, change_document)
    assert known_document(store) == DOCUMENT


def test_a_later_state_of_the_server_takes_the_place_of_the_row(store: Store) -> None:
    keep_case(store, CASE)
    later = replace(CASE, subject="As somebody else has it")
    with store.write() as session:
        known = session.baselines.get(CASE.case_id)
        assert known is not None
        session.baselines.put(replace(known, case=later))
        session.cases.put(replace(CASE, subject="As I have it"))
    assert known_case(store) == later
