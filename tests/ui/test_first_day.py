"""A clerk's first real day, with hands and eyes: three windows, one server that stops and returns, real key events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clerk_desktop.assembly import open_desk
from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.letters.letter import Letter
from clerk_desktop.demo.letters.truth import ReferencePlace
from clerk_desktop.demo.sample_office import SampleOffice
from clerk_desktop.model.annotation import MarkKind
from clerk_desktop.model.case import CaseFilter
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.signing_in import SignInRequest
from clerk_desktop.ui.played.day import NOTE, NOTE_WHILE_AWAY, PlayedDay, Scene

PASSWORD = "demo"
MAILROOM, CLERK, COLLEAGUE = "post.blomberg", "clerk1.blomberg", "clerk2.blomberg"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SampleOffice]:
    made = SampleOffice(tmp_path / "server")
    made.start()
    yield made
    made.stop()


def letter_with_number() -> Letter:
    return next(
        letter
        for letter in all_letters()
        if letter.truth.municipality == "blomberg"
        and letter.truth.reference_place is ReferencePlace.RUNNING_TEXT
        and letter.drawing
        and not letter.truth.parts
    )


@pytest.fixture
def homes(tmp_path: Path, office: SampleOffice) -> Path:
    """Three profiles, signed in; in the mailroom's a letter and a scan that broke off were taken in."""
    scans = tmp_path / "scans"
    scans.mkdir()
    for user in (MAILROOM, CLERK, COLLEAGUE):
        with open_desk(tmp_path / user, PASSWORD) as desk:
            desk.accounts.log_in(SignInRequest(url=office.url, user=user, password=PASSWORD))
            desk.background.sync_once()
            if user == MAILROOM:
                desk.scan_folders.add(scans, "blomberg")
                (scans / "unlesbar.pdf").write_bytes(b"%PDF-1.7\nabgebrochen")
                letter_with_number().draw(scans)
                desk.background.intake_once()
                desk.background.sync_once()
    return tmp_path


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_from_the_letter_in_the_scan_folder_to_marks_that_outlive_a_dead_server(
    homes: Path, office: SampleOffice, qtbot: QtBot
) -> None:
    scene = Scene(
        home=lambda user: homes / user,
        open_desk=open_desk,
        passphrase=PASSWORD,
        mailroom=MAILROOM,
        clerk=CLERK,
        colleague=COLLEAGUE,
        stop_server=office.stop,
        start_server=office.start,
        out=homes,
    )
    day = PlayedDay(scene)
    try:
        held, filed, marked, seen, away, back, changed = [step() for _, step in day.steps]
    finally:
        day.close()
    letter = letter_with_number()
    assert held["held"] in (
        [("unlesbar.pdf", RefusalReason.DAMAGED.value)],
        [("unlesbar.pdf", RefusalReason.UNREADABLE.value)],
    )
    assert filed["caseNumber"] == letter.truth.case_number
    assert marked["marks"] == [(MarkKind.HIGHLIGHT.value, CLERK, ""), (MarkKind.NOTE.value, CLERK, NOTE)]
    assert seen["seenBy"] == COLLEAGUE
    assert "Offline" in str(away["state"])
    assert away["waits"] == []  # how long it worked is the machine's: `clerk-desktop bench heartbeat` says it
    assert back["notes"] == sorted([NOTE, NOTE_WHILE_AWAY])
    assert changed == {"caseNumber": letter.truth.case_number, "asked": 1}
    assert len(day.pictures) == 6
    assert all((homes / name).stat().st_size > 10_000 for name in day.pictures)
    with open_desk(homes / COLLEAGUE, PASSWORD) as desk:  # and what a window said is what another process finds
        (case,) = desk.worklist.find(CaseFilter(text=str(filed["caseNumber"])))
        view = desk.worklist.show_by_id(case.case_id)
        assert filed["documentId"] in {document.document_id for document in view.documents}
