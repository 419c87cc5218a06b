"""How cases are found, sorted and counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from clerk_desktop.model.case import Case, CaseFilter, CaseOrder, CaseStatus
from clerk_desktop.model.errors import NumberTaken
from clerk_desktop.model.ids import CaseId
from clerk_desktop.model.known_number import KnownNumber
from clerk_desktop.store.session import Session
from clerk_desktop.store.store import Store
from tests.store.samples_of import CASE


def case(number: str, **changes: object) -> Case:
    bare = Case(
        case_id=CaseId(f"id-{number}"), case_number=number, subject="", municipality="luegde", filing_plan_number="32"
    )
    return replace(bare, **changes)  # type: ignore[arg-type]


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.write() as writing:
        for one in (
            case("32/2025/2", subject="Äpfel", assignee="Öztürk", due_on=date(2025, 3, 1), status=CaseStatus.CLOSED),
            case("32/2025/12", subject="Straße", assignee="Meier", municipality="blomberg", pinned=True),
            case("32/2025/1", subject="Bäume", assignee="meier", due_on=date(2025, 1, 1), resubmit_on=date(2025, 2, 1)),
        ):
            writing.cases.put(one)
    with store.read() as reading:
        yield reading


def found(
    session: Session,
    wanted: CaseFilter,
    order: CaseOrder = CaseOrder.NUMBER,
    *,
    descending: bool = False,
    offset: int = 0,
    limit: int = 200,
) -> list[str]:
    cases = session.cases.find(wanted, offset, limit, order, descending)
    return [one.case_number.removeprefix("32/2025/") for one in cases]


def test_running_numbers_sort_by_value(session: Session) -> None:
    assert found(session, CaseFilter()) == ["1", "2", "12"]
    assert found(session, CaseFilter(), descending=True) == ["12", "2", "1"]


def test_umlauts_sort_with_their_vowel_and_letter_case_does_not_count(session: Session) -> None:
    assert found(session, CaseFilter(), CaseOrder.SUBJECT) == ["2", "1", "12"]
    assert found(session, CaseFilter(), CaseOrder.ASSIGNEE) == ["1", "12", "2"]


def test_cases_without_a_day_come_last(session: Session) -> None:
    assert found(session, CaseFilter(), CaseOrder.DUE_ON) == ["1", "2", "12"]
    assert found(session, CaseFilter(), CaseOrder.RESUBMIT_ON) == ["1", "2", "12"]


@pytest.mark.parametrize("order", CaseOrder)
def test_a_list_can_be_sorted_by_everything_it_shows(session: Session, order: CaseOrder) -> None:
    upwards = found(session, CaseFilter(), order)
    assert sorted(upwards) == ["1", "12", "2"]
    assert found(session, CaseFilter(), order, descending=True) == upwards[::-1]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (CaseFilter(text="strasse"), ["12"]),
        (CaseFilter(text="STRASSE meier"), ["12"]),
        (CaseFilter(text="apfel"), ["2"]),
        (CaseFilter(text="2025/1"), ["1", "12"]),
        (CaseFilter(text="%"), []),
        (CaseFilter(assignee="Meier"), ["1", "12"]),
        (CaseFilter(assignee="Mei"), []),
        (CaseFilter(due_by=date(2025, 1, 31)), ["1"]),
        (CaseFilter(due_by=date(2025, 3, 1)), ["1", "2"]),
        (CaseFilter(due_by=date(9999, 12, 31)), ["1", "2"]),
        (CaseFilter(resubmit_by=date(2025, 1, 31)), []),
        (CaseFilter(resubmit_by=date(2025, 2, 1)), ["1"]),
        (CaseFilter(status=CaseStatus.CLOSED), ["2"]),
        (CaseFilter(municipality="blomberg"), ["12"]),
        (CaseFilter(pinned=True), ["12"]),
        (CaseFilter(pinned=False), ["1", "2"]),
        (CaseFilter(text="meier", municipality="luegde", status=CaseStatus.OPEN), ["1"]),
    ],
    ids=lambda value: None if isinstance(value, list) else str(value).removeprefix("CaseFilter"),
)
def test_a_filter_shows_what_matches_all_of_its_parts(session: Session, wanted: CaseFilter, numbers: list[str]) -> None:
    assert found(session, wanted) == numbers
    assert session.cases.count(wanted) == len(numbers)


def test_pressing_is_what_has_its_deadline_or_its_resubmission_by_that_day(store: Store) -> None:
    with store.write() as session:
        session.cases.put(case("32/2025/12", due_on=date(2025, 3, 1), resubmit_on=date(2025, 6, 1)))
        session.cases.put(case("32/2025/2", resubmit_on=date(2025, 3, 1)))
        session.cases.put(case("32/2025/3", due_on=date(2025, 3, 2)))
        session.cases.put(case("32/2025/4"))
        assert found(session, CaseFilter(pressing_by=date(2025, 3, 1))) == ["2", "12"]
        assert found(session, CaseFilter(pressing_by=date(9999, 12, 31))) == ["2", "3", "12"]


def test_pages_follow_one_another_without_gap(session: Session) -> None:
    pages = [found(session, CaseFilter(), offset=at, limit=1) for at in range(4)]
    assert pages == [["1"], ["2"], ["12"], []]


def test_all_numbers_and_towns_are_known(session: Session) -> None:
    assert set(session.cases.numbers()) == {
        KnownNumber(case_id=CaseId("id-32/2025/2"), case_number="32/2025/2", municipality="luegde"),
        KnownNumber(case_id=CaseId("id-32/2025/12"), case_number="32/2025/12", municipality="blomberg"),
        KnownNumber(case_id=CaseId("id-32/2025/1"), case_number="32/2025/1", municipality="luegde"),
    }
    assert session.cases.by_municipality() == {"luegde": 2, "blomberg": 1}
    assert [one.case_number for one in session.cases.pinned()] == ["32/2025/12"]


def test_a_changed_case_is_found_by_what_it_is_now(store: Store) -> None:
    with store.write() as session:
        session.cases.put(CASE)
        session.cases.put(replace(CASE, case_number="32-50/2025/13", subject="Wohngeld"))
        assert session.cases.by_number(CASE.case_number) is None
        assert session.cases.count(CaseFilter(text="wohngeld")) == 1
        assert session.cases.count(CaseFilter(text="sondernutzung")) == 0


def test_two_cases_never_share_a_number(store: Store) -> None:
    with store.write() as session:
        session.cases.put(CASE)
        with pytest.raises(NumberTaken):
            session.cases.put(replace(CASE, case_id=CaseId("another")))
        assert session.cases.by_number(CASE.case_number) == CASE


def test_forgetting_a_case_twice_is_fine(store: Store) -> None:
    with store.write() as session:
        session.cases.put(CASE)
        session.cases.remove(CASE.case_id)
        session.cases.remove(CASE.case_id)
        assert session.cases.get(CASE.case_id) is None


@pytest.mark.parametrize("order", CaseOrder)
def test_a_page_of_a_long_list_is_found_in_the_narrow_index_alone(session: Session, order: CaseOrder) -> None:
    plan = " / ".join(session.cases.plan(CaseFilter(text="meier", status=CaseStatus.OPEN), order))
    assert "COVERING INDEX cases_list" in plan, plan
