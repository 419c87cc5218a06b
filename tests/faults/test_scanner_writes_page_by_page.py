"""Disaster 2: a slow scanner writes page by page; the file is never tried too early, and never given up."""

from __future__ import annotations

from clerk_desktop.model.ledger import FileState
from tests.intake.papers import letter_pdf
from tests.intake.station import Station


def test_a_scan_that_rests_between_its_pages_is_taken_in_once_it_is_whole(station: Station) -> None:
    whole = letter_pdf(*((f"Seite {number}",) for number in range(1, 6)))
    path = station.drop("langsam.pdf", b"")
    pieces = [whole[place : place + len(whole) // 5 + 1] for place in range(0, len(whole), len(whole) // 5 + 1)]
    for piece in pieces:
        with path.open("ab") as file:
            file.write(piece)
        for _ in range(4):  # longer than the quiet time: the feeder is slow
            station.intake.run_once(station.clock.now())
            station.clock.pause(1)
    station.run()
    assert station.states() == {"langsam.pdf": FileState.QUEUED}
    with station.store.read() as session:
        (document,) = session.documents.inbox()
        assert len(session.ledger.claims()) == 1
    assert document.page_count == 5
