"""The whole table: every combination of old and new values, and of what is unsent when an object is gone."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.model.case import Case, CaseField, CaseStatus, Confidentiality
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import case_text, document_text
from clerk_desktop.model.ids import AnnotationSetId, CaseId, DocumentId, EventId, OperationId
from clerk_desktop.model.outbox import (
    AddEvent,
    CreateCase,
    DepositDocument,
    FileDocument,
    Operation,
    OutboxEntry,
    OutboxState,
    PutAnnotations,
    SetAsideDocument,
    UpdateCase,
    UpdateDocument,
)
from clerk_desktop.sync.decide import (
    Gone,
    Verdict,
    field_verdict,
    merge_case,
    merge_document,
    place_verdict,
    when_gone,
)

CASE = Case(
    case_id=CaseId("c"), case_number="10-2026/0001", subject="a", municipality="luegde", filing_plan_number="10"
)
DOCUMENT = Document(document_id=DocumentId("d"), municipality="luegde", title="a")
TEXTS = (None, "a", "b", "c")

cases = st.builds(
    Case,
    case_id=st.just(CaseId("c")),
    case_number=st.just("10-2026/0001"),
    subject=st.sampled_from("abc"),
    municipality=st.just("luegde"),
    filing_plan_number=st.just("10"),
    status=st.sampled_from(CaseStatus),
    assignee=st.sampled_from("xyz"),
    participants=st.sampled_from([(), ("p",), ("p", "q")]),
    due_on=st.sampled_from([None, date(2026, 1, 1), date(2026, 2, 2)]),
    pinned=st.booleans(),
)
documents = st.builds(
    Document,
    document_id=st.just(DocumentId("d")),
    municipality=st.just("luegde"),
    title=st.sampled_from("abc"),
    sender=st.sampled_from("xyz"),
    letter_date=st.sampled_from([None, date(2026, 1, 1), date(2026, 2, 2)]),
    confidentiality=st.sampled_from(Confidentiality),
    case_id=st.sampled_from([None, CaseId("c1"), CaseId("c2")]),
    sha256=st.sampled_from(["", "f" * 64]),
    received_on=st.sampled_from([None, date(2026, 1, 1)]),
)


def expected(base: str | None, mine: str | None, theirs: str | None) -> Verdict:
    """The table again, from the other end."""
    if mine == theirs:
        return Verdict.SAME
    if base not in (mine, theirs):
        return Verdict.CLASH
    return Verdict.MINE if theirs == base else Verdict.THEIRS


@pytest.mark.parametrize(("base", "mine", "theirs"), list(itertools.product(TEXTS, repeat=3)))
def test_every_combination_of_a_field_has_its_verdict(base: str | None, mine: str | None, theirs: str | None) -> None:
    assert field_verdict(base, mine, theirs) is expected(base, mine, theirs)


def test_different_fields_changed_on_both_sides_merge() -> None:
    mine, theirs = replace(CASE, subject="mine"), replace(CASE, assignee="theirs")
    merge = merge_case(CASE, mine, theirs)
    assert merge.case == replace(CASE, subject="mine", assignee="theirs")
    assert not merge.clashes


def test_the_same_field_changed_on_both_sides_to_the_same_value_is_no_conflict() -> None:
    changed = replace(CASE, subject="new")
    merge = merge_case(CASE, changed, changed)
    assert merge.case == changed
    assert not merge.clashes


def test_a_document_moved_elsewhere_on_the_server_is_followed_and_keeps_my_index_data() -> None:
    merge = merge_document(DOCUMENT, replace(DOCUMENT, sender="mine"), replace(DOCUMENT, case_id=CaseId("there")))
    assert merge.document == replace(DOCUMENT, sender="mine", case_id=CaseId("there"))


def test_a_letter_filed_into_two_cases_is_a_conflict_of_place() -> None:
    merge = merge_document(
        DOCUMENT, replace(DOCUMENT, case_id=CaseId("mine")), replace(DOCUMENT, case_id=CaseId("theirs"))
    )
    assert merge.place_clash
    assert merge.document.case_id == "mine"


def test_what_a_server_does_not_keep_stays_known_here() -> None:
    mine = replace(DOCUMENT, received_on=date(2026, 3, 1), sha256="f" * 64, source_sha256="e" * 64, page_count=3)
    assert merge_document(DOCUMENT, mine, DOCUMENT).document == mine


def test_a_day_of_receipt_is_never_overwritten() -> None:
    mine, theirs = (replace(DOCUMENT, received_on=date(2026, 3, day)) for day in (1, 2))
    assert merge_document(DOCUMENT, mine, theirs).document.received_on == date(2026, 3, 1)


@given(base=cases, mine=cases, theirs=cases)
def test_no_value_of_a_case_is_dropped_silently(base: Case, mine: Case, theirs: Case) -> None:
    merge = merge_case(base, mine, theirs)
    assert merge.case.pinned is mine.pinned
    for field in CaseField:
        b, m, t, now = (case_text(case, field) for case in (base, mine, theirs, merge.case))
        assert now in (m, t)
        if m != b:
            assert now == m
        elif t != b:
            assert now == t
        assert (field in merge.clashes) == (m != t and m != b and t != b)


@given(base=documents, mine=documents, theirs=documents)
def test_no_value_of_a_document_is_dropped_silently(base: Document, mine: Document, theirs: Document) -> None:
    merge = merge_document(base, mine, theirs)
    for field in DocumentField:
        b, m, t, now = (document_text(document, field) for document in (base, mine, theirs, merge.document))
        assert now == (m if m != b else t)
        assert (field in merge.clashes) == (m != t and m != b and t != b)
    assert merge.place_clash is (place_verdict(base, mine, theirs) is Verdict.CLASH)
    assert merge.document.case_id == (mine.case_id if mine.case_id != base.case_id else theirs.case_id)


@given(mine=cases, theirs=cases)
def test_without_a_known_base_different_values_clash(mine: Case, theirs: Case) -> None:
    differing = {field for field in CaseField if case_text(mine, field) != case_text(theirs, field)}
    assert merge_case(None, mine, theirs).clashes == differing


def test_an_unknown_base_is_not_an_empty_value() -> None:
    assert field_verdict(None, "a", None) is Verdict.MINE
    assert field_verdict(None, "a", None, base_known=False) is Verdict.CLASH


GONE = DocumentId("gone")
NEWER = DocumentId("newer")
COMES = (DepositDocument(document_id=GONE), CreateCase(case_id=CaseId(GONE)))
ASIDE = SetAsideDocument(document_id=GONE, letters=(NEWER,))
MADE_OF_ANOTHER = SetAsideDocument(document_id=DocumentId("older"), letters=(GONE,))
WORK = (
    FileDocument(document_id=GONE, case_id=CaseId("c")),
    UpdateDocument(document_id=GONE, changes=()),
    UpdateCase(case_id=CaseId(GONE), changes=()),
    AddEvent(event_id=EventId("e"), beside=GONE),
    PutAnnotations(annotation_set_id=AnnotationSetId("a"), document_id=GONE),
)


def entry(number: int, operation: Operation, state: OutboxState) -> OutboxEntry:
    return OutboxEntry(
        operation_id=OperationId(str(number)),
        operation=operation,
        state=state,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


OPERATIONS: tuple[Operation, ...] = (*COMES, ASIDE, MADE_OF_ANOTHER, *WORK)
UNSENT = [
    [entry(number, operation, state) for number, operation in enumerate(operations)]
    for count in range(4)
    for operations in itertools.combinations(OPERATIONS, count)
    for state in OutboxState
]


@pytest.mark.parametrize("unsent", UNSENT, ids=lambda unsent: "-".join(type(e.operation).__name__ for e in unsent))
def test_what_is_gone_goes_here_too_unless_work_wants_it(unsent: list[OutboxEntry]) -> None:
    operations = [each.operation for each in unsent]
    parting = when_gone(GONE, unsent)
    if any(each in operations for each in COMES):
        assert parting.gone is Gone.COMES_YET
        assert parting.needless == parting.asked == ()
        return
    work = [each for each in unsent if each.operation in WORK]
    assert parting.gone is (Gone.ASK if work else Gone.FORGET)
    assert parting.needless == tuple(each.operation_id for each in unsent if each.operation == ASIDE)
    assert parting.asked == tuple(each.operation_id for each in work if each.state is OutboxState.WAITING)
