"""What was typed for letters: kept while they wait, gone with them or once anybody files them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from clerk_desktop.model.document import DocumentField
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.rearranging import PageAct, Rearrangement
from clerk_desktop.model.typed_index import TypedIndex
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE, DOCUMENT, IN_INBOX, KEY

TYPED = TypedIndex(case="wohngeld br", texts={DocumentField.LETTER_DATE: "31.2.", DocumentField.SENDER: ""})
LETTER = IN_INBOX.document_id


@pytest.fixture
def kept(store: Store) -> Store:
    with store.write() as session:
        session.cases.put(CASE)
        session.documents.put(IN_INBOX)
        session.typed_index.put(LETTER, TYPED)
    return store


def typed(store: Store) -> dict[DocumentId, TypedIndex]:
    with store.read() as session:
        return session.typed_index.all()


def test_it_is_there_in_the_next_process_just_as_it_was_typed(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, KEY)) as store, store.write() as session:
        session.documents.put(IN_INBOX)
        session.typed_index.put(LETTER, TYPED)
    with closing(Store.open(tmp_path, KEY)) as store:
        assert typed(store) == {LETTER: TYPED}


def test_what_was_typed_last_counts_and_nothing_typed_leaves_nothing(kept: Store) -> None:
    with kept.write() as session:
        session.typed_index.put(LETTER, TypedIndex(case=""))
    assert typed(kept) == {LETTER: TypedIndex(case="")}
    with kept.write() as session:
        session.typed_index.put(LETTER, TypedIndex())
    assert typed(kept) == {}


def test_it_goes_when_the_letter_is_filed(kept: Store) -> None:
    with kept.write() as session:
        session.documents.put(replace(IN_INBOX, case_id=CASE.case_id))
    assert typed(kept) == {}


def test_it_goes_with_the_letter(kept: Store) -> None:
    with kept.write() as session:
        session.documents.remove(LETTER)
    assert typed(kept) == {}


def test_a_letter_made_of_its_pages_has_it_too(kept: Store) -> None:
    made = replace(IN_INBOX, document_id=DocumentId("neu"))
    with kept.write() as session:
        session.documents.put(made)
        session.typed_index.hand_on(LETTER, made.document_id)
        session.typed_index.hand_on(LETTER, made.document_id)
        session.typed_index.hand_on(DocumentId("nirgends"), LETTER)
    assert typed(kept) == {LETTER: TYPED, made.document_id: TYPED}


def test_letters_count_for_which_something_is_typed_while_they_wait_in_the_inbox(kept: Store) -> None:
    made = replace(IN_INBOX, document_id=DocumentId("neu"))
    done = Rearrangement(act=PageAct.TURN, given_way=(LETTER,), letters=())
    with kept.write() as session:
        assert session.typed_index.count() == 1
        session.documents.put(made)
        session.typed_index.hand_on(LETTER, made.document_id)
        assert session.typed_index.count() == 2
        session.rearrangements.put(done)
        assert session.typed_index.count() == 1


def test_other_changes_of_the_letter_leave_it(kept: Store) -> None:
    with kept.write() as session:
        session.documents.put(replace(IN_INBOX, sender="Meier"))
    assert typed(kept) == {LETTER: TYPED}


def test_nothing_is_kept_for_a_letter_that_is_filed_or_not_there(store: Store) -> None:
    with store.write() as session:
        session.cases.put(CASE)
        session.documents.put(DOCUMENT)
        session.typed_index.put(DOCUMENT.document_id, TYPED)
        session.typed_index.put(DocumentId("nirgends"), TYPED)
    assert typed(store) == {}


def test_nobody_is_told_who_would_read_the_inbox_anew_at_every_key(kept: Store) -> None:
    with kept.read() as session:
        before = session.changes.last()
    with kept.write() as session:
        session.typed_index.put(LETTER, TypedIndex(case="anderes"))
    with kept.read() as session:
        assert session.changes.last() == before
