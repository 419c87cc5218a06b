"""The random sample for the check against paper: as many as the office wants, the same ones on every station."""

from __future__ import annotations

from dataclasses import replace

from clerk_desktop.model.account import OfficeSettings, Template
from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.inbox import Inbox
from clerk_desktop.usecases.notices import notices
from clerk_desktop.usecases.sampling import is_sampled
from tests.intake.station import Station

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
