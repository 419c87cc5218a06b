"""Dispositions reach every station with who, when and what, and change the case once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from clerk_desktop.model.case import CaseStatus
from clerk_desktop.model.disposition import Disposition, Seal, disposition_kind, seal_of, spoken
from clerk_desktop.model.errors import NotKnown, WrongUsage
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.usecases.dispositions import Dispositions
from tests.office.office import Office
from tests.office.serverside import ServerSide

DAY = date(2026, 4, 1)


def test_orders_given_without_a_line_reach_everybody_and_change_the_case(office: Office[ServerSide]) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    case_id = anna.open_case("Hundesteuer")
    [letter] = anna.scan(b"letter")
    anna.file(letter, case_id)
    office.settle()
    anna.net.down = True
    orders = Dispositions(anna.store, office.clock)
    given = (
        Disposition(kind=EventKind.FOR_INFORMATION, to="bert", text="bitte lesen"),
        Disposition(kind=EventKind.FOR_ACTION, to="bert"),
        Disposition(kind=EventKind.RESUBMISSION, on=DAY, text="Antwort da?"),
        Disposition(kind=EventKind.CO_SIGNATURE, document_id=letter, text="einverstanden"),
    )
    for wanted in given:
        office.clock.pass_by(60)
        orders.dispose_by_id(case_id, wanted)
    office.assert_same()
    case, document = bert.case(case_id), bert.document(letter)
    assert case is not None
    assert document is not None
    assert (case.assignee, case.resubmit_on, case.resubmit_note) == ("bert", DAY, "Antwort da?")
    told = [event for event in bert.events(case_id) if event.kind is not EventKind.FILED]
    assert [(event.kind, spoken(event), event.target_user, event.target_date, event.actor) for event in told] == [
        (EventKind.FOR_INFORMATION, "bitte lesen", "bert", None, "anna"),
        (EventKind.FOR_ACTION, "", "bert", None, "anna"),
        (EventKind.RESUBMISSION, "Antwort da?", "", DAY, "anna"),
        (EventKind.CO_SIGNATURE, "einverstanden", "", None, "anna"),
    ]
    assert seal_of(told[-1]) == Seal(version=anna_version(told[-1].text), sha256=document.sha256)


def anna_version(text: str) -> str:
    """The version stands in words, too."""
    return text.split("[version ")[1].split(",")[0]


def test_to_the_files_closes_the_case(office: Office[ServerSide]) -> None:
    anna, bert = office.station("anna"), office.station("bert")
    case_id = anna.open_case("Hundesteuer")
    office.settle()
    Dispositions(bert.store, office.clock).dispose_by_id(case_id, Disposition(kind=EventKind.TO_FILES))
    office.assert_same()
    case = anna.case(case_id)
    assert case is not None
    assert (case.status, case.closed_on) == (CaseStatus.CLOSED, office.clock.now().date())


def test_a_case_is_closed_on_the_day_that_it_is_in_the_office(office: Office[ServerSide]) -> None:
    anna = office.station("anna")
    case_id = anna.open_case("Hundesteuer")
    office.settle()
    office.clock.time = datetime.fromisoformat("2026-07-01T00:20:00+02:00").astimezone(UTC)
    Dispositions(anna.store, office.clock).dispose_by_id(case_id, Disposition(kind=EventKind.TO_FILES))
    case = anna.case(case_id)
    assert case is not None
    assert case.closed_on == date(2026, 7, 1)


def test_an_order_that_says_too_little_or_too_much_is_refused_and_nothing_changes(office: Office[ServerSide]) -> None:
    anna = office.station("anna")
    case_id = anna.open_case("Hundesteuer")
    [elsewhere] = anna.scan(b"letter")
    office.settle()
    orders, good = Dispositions(anna.store, office.clock), Disposition(kind=EventKind.RESUBMISSION, on=DAY)
    for bad in (
        replace(good, on=None),
        replace(good, kind=EventKind.TO_FILES),
        replace(good, kind=EventKind.FILED),
        Disposition(kind=EventKind.FOR_ACTION, document_id=elsewhere),
    ):
        with pytest.raises(WrongUsage):
            orders.dispose_by_id(case_id, bad)
    for document_id in (elsewhere, DocumentId("unknown")):
        with pytest.raises(NotKnown):
            orders.dispose_by_id(case_id, Disposition(kind=EventKind.CO_SIGNATURE, document_id=document_id))
    assert (anna.outbox(), anna.events(case_id)) == ((), ())


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("z. K.", EventKind.FOR_INFORMATION),
        ("zwV", EventKind.FOR_ACTION),
        ("z.d.A.", EventKind.TO_FILES),
        ("Wv", EventKind.RESUBMISSION),
        ("co-signature", EventKind.CO_SIGNATURE),
        ("note", None),
    ],
)
def test_kinds_are_written_as_offices_write_them(written: str, kind: EventKind | None) -> None:
    assert disposition_kind(written) is kind
