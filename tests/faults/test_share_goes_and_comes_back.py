"""Disaster 7: the share's host restarts in the middle; nothing is given up, and what came meanwhile is taken in."""

from __future__ import annotations

from datetime import date

from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.model.ledger import FileState
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, Station


def test_a_share_that_was_away_is_taken_up_where_it_was(station: Station) -> None:
    station.drop("vorher.pdf", letter_pdf(("vorher",)))
    station.run()
    away = station.scans.with_name("weg")
    station.scans.rename(away)
    assert station.run().absent == (str(station.scans),)
    assert reconcile(station.store, date(2026, 11, 23), BERLIN).lost == ()
    (away / "waehrenddessen.pdf").write_bytes(letter_pdf(("inzwischen",)))
    away.rename(station.scans)
    station.run()
    assert station.states() == {"vorher.pdf": FileState.QUEUED, "waehrenddessen.pdf": FileState.QUEUED}
