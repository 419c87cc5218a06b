"""The whole table: every combination of presence and of old and new values."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.model.case import Case, CaseField, CaseStatus, Confidentiality
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import case_text, document_text
from clerk_desktop.model.ids import CaseId, DocumentId
from clerk_desktop.sync.decide import (
    Decision,
    Verdict,
    decide_case,
    decide_document,
    field_verdict,
    merge_case,
    merge_document,
    place_verdict,
)

CASE = Case(
    case_id=CaseId("c"), case_number="10-2026/0001", subject="a", municipality="luegde", filing_plan_number="10"
)
DOCUMENT = Document(document_id=DocumentId("d"), municipality="luegde", title="a")
SUBJECTS = (None, "a", "b", "c")

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


def expected(base: str | None, mine: str | None, theirs: str | None) -> Decision:
    """The table again, from the other end: by counting what is there."""
    if mine is None and theirs is None:
        return Decision.NOTHING if base is None else Decision.FORGET
    if mine is None:
        if base is None:
            return Decision.TAKE_THEIRS
        return Decision.DELETE_THERE if theirs == base else Decision.ASK_GONE_HERE
    if theirs is None:
        if base is None:
            return Decision.SEND_MINE
        return Decision.REMOVE_HERE if mine == base else Decision.ASK_GONE_THERE
    if mine == theirs:
        return Decision.NOTHING
    if base not in (mine, theirs):
        return Decision.CONFLICT
    return Decision.SEND_MINE if theirs == base else Decision.TAKE_THEIRS


@pytest.mark.parametrize(("base", "mine", "theirs"), list(itertools.product(SUBJECTS, repeat=3)))
def test_every_combination_has_its_decision(base: str | None, mine: str | None, theirs: str | None) -> None:
    in_cases = [None if text is None else replace(CASE, subject=text) for text in (base, mine, theirs)]
    in_documents = [None if text is None else replace(DOCUMENT, subject=text) for text in (base, mine, theirs)]
    in_places = [None if text is None else replace(DOCUMENT, case_id=CaseId(text)) for text in (base, mine, theirs)]
    assert decide_case(*in_cases) is expected(base, mine, theirs)
    assert decide_document(*in_documents) is expected(base, mine, theirs)
    assert decide_document(*in_places) is expected(base, mine, theirs)


def test_every_decision_is_reachable() -> None:
    reached = {expected(*texts) for texts in itertools.product(SUBJECTS, repeat=3)} | {Decision.MERGE}
    assert reached == set(Decision)


def test_different_fields_changed_on_both_sides_merge() -> None:
    mine, theirs = replace(CASE, subject="mine"), replace(CASE, assignee="theirs")
    merge = merge_case(CASE, mine, theirs)
    assert merge.decision is Decision.MERGE
    assert merge.case == replace(CASE, subject="mine", assignee="theirs")
    assert not merge.clashes


def test_the_same_field_changed_on_both_sides_to_the_same_value_is_no_conflict() -> None:
    changed = replace(CASE, subject="new")
    assert merge_case(CASE, changed, changed).decision is Decision.NOTHING


def test_a_document_moved_elsewhere_on_the_server_is_followed_and_keeps_my_index_data() -> None:
    merge = merge_document(DOCUMENT, replace(DOCUMENT, sender="mine"), replace(DOCUMENT, case_id=CaseId("there")))
    assert merge.document == replace(DOCUMENT, sender="mine", case_id=CaseId("there"))
    assert merge.decision is Decision.MERGE


def test_a_letter_filed_into_two_cases_is_a_conflict_of_place() -> None:
    merge = merge_document(
        DOCUMENT, replace(DOCUMENT, case_id=CaseId("mine")), replace(DOCUMENT, case_id=CaseId("theirs"))
    )
    assert merge.place_clash
    assert merge.document.case_id == "mine"
    assert merge.decision is Decision.CONFLICT


def test_what_a_server_does_not_keep_stays_known_here() -> None:
    mine = replace(DOCUMENT, received_on=date(2026, 3, 1), sha256="f" * 64, source_sha256="e" * 64, page_count=3)
    assert merge_document(DOCUMENT, mine, DOCUMENT).document == mine


def test_a_day_of_receipt_is_never_overwritten() -> None:
    mine, theirs = (replace(DOCUMENT, received_on=date(2026, 3, day)) for day in (1, 2))
    assert merge_document(DOCUMENT, mine, theirs).document.received_on == date(2026, 3, 1)


@given(base=cases, mine=cases, theirs=cases)
def test_no_value_of_a_case_is_dropped_silently(base: Case, mine: Case, theirs: Case) -> None:
    merge = merge_case(base, mine, theirs)
    assert merge.decision is decide_case(base, mine, theirs)
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
    assert merge.decision is decide_document(base, mine, theirs)
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
