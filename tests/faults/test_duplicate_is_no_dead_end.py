"""Disaster 17: "it is a duplicate" and no way on. Here the twin is shown, and both decisions are open and kept."""

from __future__ import annotations

from clerk_desktop.model.ledger import FileState
from clerk_desktop.usecases.transfers import Transfers
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, Station


def two_of_a_kind(station: Station) -> Transfers:
    station.drop("brief.pdf", letter_pdf())
    station.run()
    station.drop("nochmal.pdf", letter_pdf())
    station.run()
    return Transfers(station.store, station.clock, BERLIN)


def test_the_twin_is_shown_with_its_document_and_the_second_can_be_a_letter_of_its_own(station: Station) -> None:
    transfers = two_of_a_kind(station)
    (held,) = transfers.quarantine()
    twin = transfers.first_of(held)
    assert twin is not None and twin.file.path == str(station.scans / "brief.pdf")
    (part,) = twin.parts
    transfers.retry_file(held.file_id)
    station.run()
    assert station.states() == {"brief.pdf": FileState.QUEUED, "nochmal.pdf": FileState.QUEUED}
    with station.store.read() as session:
        linked = {document.duplicate_of for document in session.documents.inbox()}
    assert linked == {"", part.part.document_id}


def test_a_decision_against_it_is_kept_over_restarts_and_the_original_stays(station: Station) -> None:
    transfers = two_of_a_kind(station)
    (held,) = transfers.quarantine()
    transfers.discard_file(held.file_id)
    station.restart()
    station.run()
    assert Transfers(station.store, station.clock, BERLIN).quarantine() == ()
    assert (station.scans / "nochmal.pdf").read_bytes() == letter_pdf()
    with station.store.read() as session:
        assert len(session.documents.inbox()) == 1
