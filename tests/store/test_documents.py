"""How documents, suggestions and events are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk_desktop.model.ids import CaseId, DocumentId, EventId
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE, DOCUMENT, EVENT, IN_INBOX, NOW, SUGGESTIONS


def test_the_inbox_holds_what_lies_in_no_case(store: Store) -> None:
    other = replace(IN_INBOX, document_id=DocumentId("other"), municipality="blomberg", received_on=date(2025, 1, 1))
    with store.write() as session:
        for document in (DOCUMENT, IN_INBOX, other):
            session.documents.put(document)
        assert session.documents.inbox() == (other, IN_INBOX)
        assert session.documents.inbox("luegde") == (IN_INBOX,)
        assert session.documents.in_case(CASE.case_id) == (DOCUMENT,)


def test_filing_moves_a_document_from_the_inbox_into_its_case(store: Store) -> None:
    with store.write() as session:
        session.documents.put(IN_INBOX)
        session.documents.put(replace(IN_INBOX, case_id=CASE.case_id))
        assert session.documents.inbox() == ()
        assert len(session.documents.in_case(CASE.case_id)) == 1


def test_documents_are_found_by_the_hash_of_scan_and_content_but_never_by_an_empty_one(store: Store) -> None:
    unknown = replace(DOCUMENT, document_id=DocumentId("unknown"), source_sha256="", sha256="")
    with store.write() as session:
        session.documents.put(DOCUMENT)
        session.documents.put(unknown)
        assert session.documents.by_source_sha256("a" * 64) == (DOCUMENT,)
        assert session.documents.by_sha256("b" * 64) == (DOCUMENT,)
        assert session.documents.by_source_sha256("") == ()
        assert session.documents.by_sha256("") == ()
        assert session.documents.content_hashes() == {"a" * 64, "b" * 64}


def test_letters_of_a_sender_are_those_already_filed_newest_first(store: Store) -> None:
    older = replace(
        DOCUMENT,
        document_id=DocumentId("older"),
        sender="FÖRDERVEREIN  Brückenweg e. V.",
        received_on=date(2025, 1, 1),
        case_id=CaseId("elsewhere"),
    )
    with store.write() as session:
        for document in (older, DOCUMENT, IN_INBOX, replace(DOCUMENT, document_id=DocumentId("x"), sender="")):
            session.documents.put(document)
        assert session.documents.by_sender("Förderverein Brückenweg e. V.", 5) == (DOCUMENT, older)
        assert session.documents.by_sender("Förderverein Brückenweg e. V.", 1) == (DOCUMENT,)
        assert session.documents.by_sender("", 5) == ()


def test_suggestions_go_with_their_document(store: Store) -> None:
    with store.write() as session:
        session.suggestions.put(DOCUMENT.document_id, SUGGESTIONS)  # before its document is fine, in one transaction
        session.documents.put(DOCUMENT)
    with store.write() as session:
        session.documents.put(replace(DOCUMENT, title="Neu"))
        assert session.suggestions.get(DOCUMENT.document_id) == SUGGESTIONS
        session.documents.remove(DOCUMENT.document_id)
        assert session.suggestions.get(DOCUMENT.document_id) is None


def test_suggestions_can_be_forgotten(store: Store) -> None:
    with store.write() as session:
        session.documents.put(DOCUMENT)
        session.suggestions.put(DOCUMENT.document_id, SUGGESTIONS)
        session.suggestions.remove(DOCUMENT.document_id)
        session.suggestions.remove(DOCUMENT.document_id)
        assert session.suggestions.get(DOCUMENT.document_id) is None


def test_events_stand_in_the_order_they_happened(store: Store) -> None:
    earlier = replace(EVENT, event_id=EventId("earlier"), at=NOW - timedelta(microseconds=1), document_id=None)
    with store.write() as session:
        session.events.put(EVENT)
        session.events.put(earlier)
        assert session.events.of_case(CASE.case_id) == (earlier, EVENT)
        assert session.events.of_document(DOCUMENT.document_id) == (EVENT,)
        session.events.remove(EVENT.event_id)
        assert session.events.of_case(CASE.case_id) == (earlier,)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="zone"), store.write() as session:
        session.events.put(replace(EVENT, at=NOW.replace(tzinfo=None)))
