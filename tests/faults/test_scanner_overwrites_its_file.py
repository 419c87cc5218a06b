"""Disaster 13: the scanner begins its counter anew and writes over a scan that has not arrived yet."""

from __future__ import annotations

from datetime import date

from clerk_desktop.intake.reconcile import reconcile
from clerk_desktop.model.ledger import Verdict
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, Station


def test_both_letters_are_kept_and_the_account_tells_of_the_one_that_was_written_over(station: Station) -> None:
    path = station.drop("scan0001.pdf", letter_pdf(("der erste",)))
    station.run()
    station.clock.pause(60)
    path.write_bytes(letter_pdf(("der zweite Brief",)))
    station.run()
    with station.store.read() as session:
        contents = [station.store.blobs.read(document.sha256) for document in session.documents.inbox()]
    assert sorted(contents) == sorted([letter_pdf(("der erste",)), letter_pdf(("der zweite Brief",))])
    account = reconcile(station.store, date(2026, 11, 23), BERLIN)
    assert account.seen == 2
    assert [file.verdict for file in account.files] == [Verdict.ORIGINAL_REPLACED, Verdict.NOT_SENT_YET]
