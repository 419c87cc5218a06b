from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.backend.cmis import translation, wire
from clerk_desktop.backend.cmis.wire import FormValue
from clerk_desktop.model.case import Case, CaseField, CaseStatus, Confidentiality
from clerk_desktop.model.document import Document, DocumentField
from clerk_desktop.model.editing import CaseChange, changed_case
from clerk_desktop.model.errors import BadAnswer
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import CaseId, DocumentId, EventId
from tests.backend.exchanges import embedded

MAPPING = embedded()
words = st.text(max_size=10)
filled = st.text(min_size=1, max_size=10)
days = st.none() | st.dates()
towns = st.sampled_from(["blomberg", "luegde", "schieder", "kalletal", "Barntrup"])
cases = st.builds(
    Case,
    case_id=filled.map(CaseId),
    case_number=words,
    subject=words,
    municipality=towns,
    filing_plan_number=words,
    status=st.sampled_from(CaseStatus),
    assignee=words,
    participants=st.lists(filled, max_size=3).map(tuple),
    due_on=days,
    resubmit_on=days,
    resubmit_note=words,
    process_id=words,
    process_step=words,
    step_since=days,
    opened_on=days,
    closed_on=days,
    confidentiality=st.sampled_from(Confidentiality),
)
documents = st.builds(
    Document,
    document_id=filled.map(DocumentId),
    municipality=towns,
    title=filled,
    document_type=words,
    sender=words,
    sender_reference=words,
    our_reference=words,
    subject=words,
    letter_date=days,
    received_on=days,
    page_count=st.integers(0, 10_000),
    source_sha256=words,
    sha256=words,
    source_key=words,
    paper_box=words,
    confidentiality=st.sampled_from(Confidentiality),
    duplicate_of=words,
)
events = st.builds(
    Event,
    event_id=filled.map(EventId),
    kind=st.sampled_from(EventKind),
    actor=words,
    at=st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)),
    text=words,
    document_id=st.none() | filled.map(DocumentId),
    target_date=days,
    target_user=words,
    from_step=words,
    to_step=words,
)


def kept(properties: dict[str, FormValue]) -> dict[str, Any]:
    """What a server would answer that keeps these properties."""
    answer: dict[str, Any] = {"cmis:objectId": "17", "cmis:lastModificationDate": 1732350000000}
    for key, value in properties.items():
        match value:
            case str() | None:
                answer[key] = value
            case tuple():
                answer[key] = list(value)
            case _:
                answer[key] = int(wire.form_text(value))
    return answer


@given(cases)
def test_a_case_comes_back_as_it_was_sent(case: Case) -> None:
    remote = translation.to_case(kept(translation.case_properties(case, MAPPING)), MAPPING, "9")
    assert remote.case == case
    assert remote.ref.parent_id == "9"


@given(documents)
def test_a_document_comes_back_as_it_was_sent(document: Document) -> None:
    properties = kept(translation.document_properties(document, MAPPING))
    assert translation.to_document(properties, MAPPING, "9", document.municipality).document == document


@given(events)
def test_an_event_comes_back_as_it_was_sent(event: Event) -> None:
    remote = translation.to_event(kept(translation.event_properties(event, MAPPING)), MAPPING, "9")
    assert remote is not None
    assert remote.event == event


def test_the_server_keeps_the_title_of_a_municipality() -> None:
    case = Case(case_id=CaseId("k"), case_number="1", subject="s", municipality="luegde", filing_plan_number="10")
    assert translation.case_properties(case, MAPPING)["clerk:municipality"] == "Lügde"


def test_a_field_that_is_emptied_is_sent_as_not_set() -> None:
    base = Case(case_id=CaseId("k"), case_number="1", subject="s", municipality="luegde", filing_plan_number="10")
    emptied = changed_case(base, (CaseChange(field=CaseField.DUE_ON, text=""),))
    fields = translation.case_fields(emptied, (CaseField.DUE_ON,), MAPPING)
    assert wire.form_properties(fields) == [("propertyId[0]", "clerk:dueOn")]


def test_every_field_a_clerk_can_change_has_a_place_on_the_embedded_server() -> None:
    case = Case(case_id=CaseId("k"), case_number="1", subject="s", municipality="luegde", filing_plan_number="10")
    document = Document(document_id=DocumentId("k"), municipality="luegde", title="t")
    assert len(translation.case_fields(case, tuple(CaseField), MAPPING)) == len(CaseField)
    assert len(translation.document_fields(document, tuple(DocumentField), MAPPING)) == len(DocumentField)


def test_a_document_of_another_program_has_the_same_id_on_every_workstation_and_version() -> None:
    first = {"cmis:objectId": "s;1.0", "cmis:versionSeriesId": "s", "cmis:name": "Brief.pdf"}
    second = {**first, "cmis:objectId": "s;2.0"}
    ids = {translation.to_document(each, MAPPING, "9", "luegde").document.document_id for each in (first, second)}
    assert len(ids) == 1
    assert translation.to_document(first, MAPPING, "9", "luegde").document.title == "Brief"


def test_what_a_later_version_wrote_does_not_make_a_case_unreadable() -> None:
    properties = {"cmis:objectId": "1", "clerk:status": "resting", "clerk:confidentiality": "top"}
    case = translation.to_case(properties, MAPPING).case
    assert case.status is CaseStatus.OPEN
    assert case.confidentiality is Confidentiality.PERSONAL


def test_an_event_of_a_later_version_is_left_alone() -> None:
    assert translation.to_event({"cmis:objectId": "1", "clerk:kind": "teleported", "clerk:at": 1}, MAPPING, "9") is None


def test_the_hash_of_the_server_is_found_among_others() -> None:
    told = {"cmis:contentStreamHash": ["{md5}aa", "{SHA-256}ABCD"]}
    assert translation.content_hash(told) == "abcd"
    assert translation.content_hash({"cmis:contentStreamHash": None}) == ""


@given(st.dictionaries(st.sampled_from(translation.property_filter(MAPPING).split(",")), st.integers() | words | days))
def test_an_object_with_wrong_values_is_read_or_a_bad_answer(properties: dict[str, Any]) -> None:
    for read in (
        lambda: translation.to_case(properties, MAPPING),
        lambda: translation.to_document(properties, MAPPING, "9", ""),
        lambda: translation.to_event(properties, MAPPING, "9"),
        lambda: translation.kind_of(properties, MAPPING),
    ):
        try:
            read()
        except BadAnswer:
            continue


def test_times_are_aware_and_utc() -> None:
    ref = translation.reference({"cmis:objectId": "1", "cmis:lastModificationDate": 0}, "")
    assert ref.modified_at == datetime(1970, 1, 1, tzinfo=UTC)
    with pytest.raises(BadAnswer):
        translation.reference({"cmis:lastModificationDate": 0}, "")
