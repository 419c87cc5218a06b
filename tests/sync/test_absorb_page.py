"""Pages of a first listing: many rows at once, found by their words afterwards, the same when they come again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.model.outbox import DepositDocument
from clerk_desktop.model.remote import RemoteCase, RemoteDocument, RemoteObject, RemoteRef
from clerk_desktop.model.searching import wanted_words
from clerk_desktop.store.store import Store
from clerk_desktop.sync.absorb_page import MANY, absorb_all
from tests.store.samples_of import CASE, IN_INBOX, KEY

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SLICE = 50


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path, KEY)) as made:
        yield made


def case(number: int, **fields: object) -> RemoteCase:
    changed: Case = replace(
        CASE,
        case_id=CaseId(f"case-{number}"),
        case_number=f"32.10-2026/{number}",
        subject=f"Hundesteuer {number}",
        pinned=False,
        **fields,  # type: ignore[arg-type]  # fields of a case
    )
    return RemoteCase(ref=RemoteRef(server_id=f"s{number}", series_id=f"s{number}"), case=changed)


def letter(number: int, folder: str = "") -> RemoteDocument:
    document: Document = replace(IN_INBOX, document_id=DocumentId(f"letter-{number}"), title=f"Brief {number}")
    ref = RemoteRef(server_id=f"d{number}", series_id=f"v{number}", parent_id=folder)
    return RemoteDocument(ref=ref, document=document)


def take_in(store: Store, states: Sequence[RemoteObject]) -> int:
    with store.write() as session:
        return absorb_all(session, states, NOW)


def index_all(store: Store) -> int:
    """Index in slices; returns how many there were."""
    slices, more = 0, True
    while more:
        with store.write() as session:
            more = session.search.catch_up(SLICE)
        slices += 1
    return slices


def found(store: Store, text: str) -> list[str]:
    with store.read() as session:
        return [each.case_id for each in session.search.cases(wanted_words(text), 10)]


def problems(store: Store) -> tuple[str, ...]:
    with store.read() as session:
        return session.search.problems()


def test_many_new_ones_are_there_at_once_and_found_by_their_words_afterwards(store: Store) -> None:
    cases = [case(number) for number in range(MANY)]
    letters = [letter(number, f"s{number}") for number in range(MANY)]
    assert take_in(store, [*cases, *letters]) == 2 * MANY
    with store.read() as session:
        assert session.search.waiting() == 2 * MANY
        [inside] = session.documents.in_case(CaseId("case-7"))
        assert inside == replace(letters[7].document, case_id=CaseId("case-7"))
        assert session.baselines.get("case-7") is not None
    assert found(store, "Hundesteuer 7") == []
    assert problems(store) == ()
    assert index_all(store) > 1
    assert found(store, "Hundesteuer 7") == ["case-7"]
    assert problems(store) == ()


def test_the_index_is_tidied_in_slices_and_finds_the_same_afterwards(store: Store) -> None:
    take_in(store, [case(number) for number in range(MANY)])
    index_all(store)
    first, more = True, True
    while more:
        with store.write() as session:
            more, first = session.search.tidy(first=first), False
    assert found(store, "Hundesteuer 7") == ["case-7"]
    assert problems(store) == ()


def test_a_few_new_ones_are_found_at_once(store: Store) -> None:
    take_in(store, [case(7), letter(7)])
    assert found(store, "Hundesteuer 7") == ["case-7"]
    with store.read() as session:
        assert session.search.waiting() == 0


def test_a_page_that_comes_again_tells_nothing_new(store: Store) -> None:
    page: list[RemoteObject] = [*map(case, range(MANY)), *map(letter, range(MANY))]
    take_in(store, page)
    last = store.last()
    assert take_in(store, page) == 0
    assert store.last() == last
    with store.read() as session:
        assert session.search.waiting() == 2 * MANY
        assert session.documents.count_inbox() == MANY


def test_rows_that_wait_and_change_or_go_leave_the_index_in_step(store: Store) -> None:
    page = [case(number) for number in range(MANY)]
    take_in(store, page)
    take_in(store, [case(3, assignee="clerk9.luegde")])
    with store.write() as session:
        session.cases.remove(CaseId("case-4"))
    assert problems(store) == ()
    assert found(store, "clerk9") == ["case-3"]
    index_all(store)
    assert problems(store) == ()
    assert found(store, "Hundesteuer 4") == []


def test_an_object_that_a_page_tells_twice_is_there_once_as_it_was_told_last(store: Store) -> None:
    page = [*(case(number) for number in range(MANY)), case(5, assignee="later")]
    take_in(store, page)
    with store.read() as session:
        known = session.cases.get(CaseId("case-5"))
    assert known is not None
    assert known.assignee == "later"


def _twice_in_a_page(store: Store) -> list[RemoteObject]:
    return [case(1), replace(case(2), case=replace(case(2).case, case_number=case(1).case.case_number))]


def _once_here(store: Store) -> list[RemoteObject]:
    with store.write() as session:
        session.cases.put(case(1).case)
    return [replace(case(2), case=replace(case(2).case, case_number=case(1).case.case_number))]


@pytest.mark.parametrize("clash", [_twice_in_a_page, _once_here])
def test_two_cases_of_one_number_are_both_shown(store: Store, clash: Callable[[Store], list[RemoteObject]]) -> None:
    take_in(store, [*clash(store), *(case(number) for number in range(10, 10 + MANY))])
    with store.read() as session:
        numbers = {each.case_number for key in ("case-1", "case-2") if (each := session.cases.get(CaseId(key)))}
    assert len(numbers) == 2
    assert all(number.startswith("32.10-2026/1") for number in numbers)


def test_unsent_work_on_what_a_page_brings_stays(store: Store) -> None:
    mine = replace(IN_INBOX, document_id=DocumentId("letter-1"), title="Brief 1")
    with store.write() as session:
        session.documents.put(mine)
        session.outbox.add(DepositDocument(document_id=mine.document_id), NOW)
    take_in(store, [*(case(number) for number in range(MANY)), letter(1), letter(2)])
    with store.read() as session:
        assert session.documents.get(DocumentId("letter-1")) is not None
        assert len(session.outbox.all()) == 1
