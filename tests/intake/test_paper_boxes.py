"""From when on the paper of a box may be destroyed: not before everything of its days arrived and was compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clerk_desktop.documents.printed_paper import PaperPrinter
from clerk_desktop.model.account import Template
from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.errors import WrongUsage
from clerk_desktop.model.ids import DocumentId, FileId
from clerk_desktop.model.ledger import FileState
from clerk_desktop.model.outbox import UpdateDocument
from clerk_desktop.model.paper_box import BoxHindrance, PaperBox
from clerk_desktop.model.rearranging import NewLetter, PageAct, Rearrangement, TakenPage
from clerk_desktop.model.remote import RemoteRef
from clerk_desktop.model.visual_check import Defect
from clerk_desktop.sync.absorb import absorb_gone
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.day_account import DayAccounts
from clerk_desktop.usecases.paper_boxes import HINDRANCES, destroy_text
from tests.intake.papers import letter_pdf
from tests.intake.station import BERLIN, Station, grow
from tests.intake.test_reconcile import listed_by_server

DAY = date(2026, 11, 23)


def boxes(station: Station) -> dict[str, PaperBox]:
    accounts = DayAccounts(station.store, station.clock, BERLIN, PaperPrinter())
    return {box.number: box for box in accounts.boxes.of(accounts.of(None))}


def arrived(station: Station, name: str) -> None:
    listed_by_server(station, name)
    station.confirm(name)


def test_a_box_waits_for_its_days_its_sample_and_its_time(station: Station) -> None:
    accounts = DayAccounts(station.store, station.clock, BERLIN, PaperPrinter())
    station.drop("eins.pdf", letter_pdf(("eins",)))
    station.drop("zwei.pdf", letter_pdf(("zwei",)))
    station.run()
    assert boxes(station)[""].hindrances == (BoxHindrance.NOT_ARRIVED, BoxHindrance.NO_NUMBER)
    assert accounts.boxes.put(" K 12 ", DAY) == 2
    assert accounts.boxes.put("K 13", DAY) == 0  # they have one
    arrived(station, "eins.pdf")
    assert boxes(station)["K 12"].hindrances == (BoxHindrance.NOT_ARRIVED,)
    arrived(station, "zwei.pdf")
    box = boxes(station)["K 12"]
    assert (box.letters, box.first, box.last) == (2, DAY, DAY)
    assert box.destroy_on == DAY + timedelta(days=180)
    assert destroy_text(box, Texts.for_language("de")) == "ab 22.05.2027"
    with station.store.write() as session:
        session.sync.set_template(Template.SETTINGS, b"sample_normal = 100\nkeep_paper_days = 30\n")
        sent = [entry.operation for entry in session.outbox.all()]
    assert sum(isinstance(operation, UpdateDocument) for operation in sent) == 2
    assert boxes(station)["K 12"].hindrances == (BoxHindrance.UNCOMPARED,)
    one, two = (letter.document_id for sample in accounts.of(None).samples for letter in sample.chosen)
    accounts.checks.record(one)
    accounts.checks.record(two, Defect.CUT_OFF)
    assert boxes(station)["K 12"].hindrances == (BoxHindrance.DIFFERS,)
    station.clock.pause(1)
    accounts.checks.record(two)
    assert boxes(station)["K 12"].destroy_on == DAY + timedelta(days=30)


def test_a_letter_made_of_two_is_in_their_box_and_what_was_found_on_it_keeps_the_paper(station: Station) -> None:
    accounts = DayAccounts(station.store, station.clock, BERLIN, PaperPrinter())
    for name in ("eins", "zwei"):
        station.drop(f"{name}.pdf", letter_pdf((name,)))
    station.run()
    for name in ("eins.pdf", "zwei.pdf"):
        arrived(station, name)
    whole = DocumentId("aus zweien")
    with station.store.write() as session:
        old = session.documents.inbox()
        pages = tuple(TakenPage(document_id=each.document_id, number=1) for each in old)
        letter = NewLetter(document_id=whole, pages=pages)
        given_way = tuple(each.document_id for each in old)
        session.rearrangements.put(Rearrangement(act=PageAct.JOIN, given_way=given_way, letters=(letter,)))
        session.documents.put(replace(old[0], document_id=whole))
        session.baselines.put(
            Baseline(object_id=whole, kind=ChangeKind.DOCUMENT, ref=RemoteRef(server_id="s", series_id="s"))
        )
        for each in given_way:  # the office set them aside
            absorb_gone(session, each)
    assert accounts.boxes.put("K 1", DAY) == 1
    box = boxes(station)["K 1"]
    assert (box.letters, box.hindrances) == (1, ())
    accounts.checks.record(whole, Defect.PAGE_MISSING)
    (sample,) = accounts.of(None).samples
    assert (sample.letters, [each.document_id for each in sample.defects]) == (1, [whole])
    assert boxes(station)["K 1"].hindrances == (BoxHindrance.DIFFERS,)


def test_a_scan_that_was_not_taken_in_keeps_the_boxes_of_its_day(station: Station) -> None:
    accounts = DayAccounts(station.store, station.clock, BERLIN, PaperPrinter())
    station.drop("eins.pdf", letter_pdf(("eins",)))
    station.drop("kaputt.pdf", b"nothing")
    station.run()
    station.clock.pause(20)
    station.run()
    accounts.boxes.put("K 1", DAY)
    arrived(station, "eins.pdf")
    box = boxes(station)["K 1"]
    assert (box.destroy_on, box.hindrances) == (None, (BoxHindrance.NOT_ARRIVED,))
    words = str(accounts.boxes.paper([box], Texts.for_language("de")).blocks)
    assert "K 1" in words and "noch nicht: nicht jeder Scan dieser Tage ist angekommen" in words
    assert set(HINDRANCES) == set(BoxHindrance)
    with pytest.raises(WrongUsage):
        accounts.boxes.put("  ", DAY)


def test_a_scan_lost_before_it_had_a_day_of_receipt_keeps_the_boxes_of_the_day_it_was_seen(station: Station) -> None:
    accounts = DayAccounts(station.store, station.clock, BERLIN, PaperPrinter())
    station.drop("eins.pdf", letter_pdf(("eins",)))
    station.run()
    accounts.boxes.put("K 1", DAY)
    arrived(station, "eins.pdf")
    path = station.drop("kommt.pdf", letter_pdf()[:50])
    for _ in range(8):
        station.intake.run_once(station.clock.now())
        grow(path)(2)
        station.clock.pause(2)
    assert station.states()["kommt.pdf"] is FileState.SEEN
    assert boxes(station)["K 1"].hindrances == (BoxHindrance.NOT_ARRIVED,)
    path.unlink()
    assert boxes(station)["K 1"].hindrances == (BoxHindrance.LOST,)


def test_a_claim_without_a_ledger_row_keeps_the_boxes_of_its_day(station: Station) -> None:
    accounts = DayAccounts(station.store, station.clock, BERLIN, PaperPrinter())
    station.drop("eins.pdf", letter_pdf(("eins",)))
    station.run()
    accounts.boxes.put("K 1", DAY)
    arrived(station, "eins.pdf")
    assert boxes(station)["K 1"].hindrances == ()
    with station.store.write() as session:
        session.ledger.claim_log_add(FileId("never entered"), "/scans/weg.pdf", "00", station.clock.now())
    assert boxes(station)["K 1"].hindrances == (BoxHindrance.LOST,)
