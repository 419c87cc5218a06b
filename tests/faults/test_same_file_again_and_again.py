"""Disaster 4: one file is reported and looked at many times; it is claimed once, and nothing fails "not found"."""

from __future__ import annotations

from clerk_desktop.model.ledger import FileState
from tests.intake.papers import letter_pdf
from tests.intake.station import Station


def test_a_file_that_is_seen_by_many_passes_and_processes_is_claimed_once(station: Station) -> None:
    station.drop("brief.pdf", letter_pdf())
    for _ in range(4):
        station.run()
        station.restart()
    assert station.states() == {"brief.pdf": FileState.QUEUED}
    with station.store.read() as session:
        assert len(session.ledger.claims()) == 1
        assert len(session.documents.inbox()) == 1
