"""The random sample for the check against paper: as many as the office wants, the same ones on every station."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clerk_desktop.documents.printed_paper import PaperPrinter
from clerk_desktop.model.account import Template
from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import DocumentId, EventId
from clerk_desktop.model.office_settings import OfficeSettings
from clerk_desktop.model.outbox import AddEvent
from clerk_desktop.model.visual_check import Defect, check_of
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.day_account import DayAccounts
from clerk_desktop.usecases.inbox import Inbox
from clerk_desktop.usecases.notices import notices
from clerk_desktop.usecases.sampling import is_sampled
from clerk_desktop.usecases.transfers import Transfers
from clerk_desktop.usecases.visual_checks import check_text, sample_text
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, START, Station

LETTERS = [
    Document(document_id=DocumentId(f"brief-{number}"), municipality="blomberg", title="Brief")
    for number in range(4000)
]
OFFICE = OfficeSettings(sample_normal=5, sample_confidential=20, sample_personal=100)


def test_each_protection_has_its_own_quota_and_chance_keeps_to_it() -> None:
    for protection, low, high in (
        (Confidentiality.NORMAL, 0.035, 0.065),
        (Confidentiality.CONFIDENTIAL, 0.17, 0.23),
        (Confidentiality.PERSONAL, 1.0, 1.0),
    ):
        chosen = sum(is_sampled(replace(letter, confidentiality=protection), OFFICE) for letter in LETTERS)
        assert low <= chosen / len(LETTERS) <= high
    assert not any(is_sampled(letter, OfficeSettings()) for letter in LETTERS)


def test_a_letter_of_the_sample_is_told_in_the_inbox(station: Station) -> None:
    with station.store.write() as session:
        session.documents.put(LETTERS[0])
    (item,) = Inbox(station.store).items()
    assert notices(item.suggestions, Texts.for_language("de")) == ()
    with station.store.write() as session:
        session.sync.set_template(Template.SETTINGS, b"sample_normal = 100\n")
    (item,) = Inbox(station.store).items()
    assert notices(item.suggestions, Texts.for_language("de")) == (
        "Durch Zufall ausgewählt: Vergleichen Sie den Scan Seite für Seite mit dem Papier.",
    )
    one = Inbox(station.store).item(LETTERS[0].document_id)
    assert one is not None and one.suggestions.sampled


def test_what_was_found_is_kept_counted_by_protection_and_not_asked_again(station: Station) -> None:
    station.drop("eins.pdf", letter_pdf(("eins",)))
    station.drop("zwei.pdf", letter_pdf(("zwei",)))
    station.run()
    with station.store.write() as session:
        session.sync.set_template(Template.SETTINGS, b"sample_normal = 100\nsample_personal = 50\n")
    one, two = (item.document.document_id for item in Inbox(station.store).items())
    transfers = Transfers(station.store, station.clock, BERLIN)
    accounts = DayAccounts(station.store, station.clock, BERLIN, PaperPrinter())
    assert accounts.of(None).uncompared == 2
    assert sorted(each for row in transfers.recent(9).files for each in row.to_compare) == sorted((one, two))
    accounts.checks.record(one)
    accounts.checks.record(two, Defect.PAGE_MISSING, "Seite 3")
    assert not any(item.suggestions.sampled for item in Inbox(station.store).items())
    account = accounts.of(None)
    normal, personal = account.samples
    assert (normal.protection, normal.quota, normal.letters, normal.compared) == (Confidentiality.NORMAL, 100, 2, 2)
    assert (personal.protection, personal.quota, personal.letters, personal.chosen) == (
        Confidentiality.PERSONAL, 50, 0, (),
    )  # fmt: skip
    assert [letter.document_id for letter in normal.defects] == [two]
    assert (account.uncompared, account.differing) == (0, 1)
    german = Texts.for_language("de")
    assert check_text(normal.defects[0].check, german) == "stimmt nicht überein: eine Seite fehlt (Seite 3)"
    assert "2 von 2 gewählten unter 2 Briefen; 1 stimmen nicht" in sample_text(normal, german)
    station.restart()
    with station.store.read() as session:
        queued = [entry.operation for entry in session.outbox.all() if isinstance(entry.operation, AddEvent)]
        told = [session.events.get(operation.event_id) for operation in queued]
    assert sum(event is not None and event.kind is EventKind.VISUAL_CHECK for event in told) == 2


@pytest.mark.parametrize("text", ["", "agree", "page-missing or so"])
def test_words_that_no_version_wrote_are_no_result(text: str) -> None:
    event = Event(
        event_id=EventId("e"), kind=EventKind.VISUAL_CHECK, actor="x", at=START, text=text, document_id=DocumentId("d")
    )
    assert check_of(event) is None
    assert check_of(replace(event, text="agrees")) is not None
    assert check_of(replace(event, text="agrees", kind=EventKind.NOTE)) is None
