"""The day: letters filed by keyboard, a case marked, a colleague sees it, the server goes away and comes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from clerk_desktop.model.annotation import Mark
from clerk_desktop.model.case import CaseField, CaseFilter
from clerk_desktop.model.editing import CaseChange
from clerk_desktop.model.geometry import Point, Rect
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.standing import Link
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.heartbeat import Heartbeat
from clerk_desktop.ui.played.pauses import waited, worked
from clerk_desktop.ui.played.person import NothingHappenedError, Person, let_pass, press
from clerk_desktop.ui.review.page_view import PageView
from clerk_desktop.ui.start import OpenDesk
from clerk_desktop.ui.theme import Scheme

Evidence = dict[str, object]
MARGIN = 540.0
LINES_BELOW = 60.0
SURE = 0.7
NOTE, NOTE_WHILE_AWAY = "Bitte prüfen: Frist?", "Ohne Netz geschrieben"
AWAY_MILLISECONDS = 3_000
DEADLINES = date(2027, 1, 11), date(2027, 1, 18)
"""What the colleague and the clerk make of the same deadline."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Where it is played: profiles by user, signed in, and the switch of the server. ``out``: for pictures."""

    home: Callable[[str], Path]
    open_desk: OpenDesk
    passphrase: str
    mailroom: str
    clerk: str
    colleague: str
    stop_server: Callable[[], None]
    start_server: Callable[[], None]
    out: Path


class PlayedDay:
    """Play ``steps`` in order, then ``close``. A step raises ``NothingHappenedError`` when it did not come about."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._texts = Texts.for_language("de")
        self._people: dict[str, Person] = {}
        self._number = ""
        self._document: DocumentId | None = None
        self._place = Rect(90.0, 600.0, 400.0, 612.0)
        self.pictures: list[str] = []

    @property
    def steps(self) -> tuple[tuple[str, Callable[[], Evidence]], ...]:
        """The day, in order."""
        return (
            ("window: the bad scan stands in the inbox with its reason", self.bad_scan),
            ("window: the mailroom files a letter by keyboard", self.file_by_keyboard),
            ("window: a clerk opens the case, highlights and notes", self.mark),
            ("window: a colleague sees the marks", self.colleague_sees),
            ("window: the server stops, the clerk goes on", self.go_on_without),
            ("window: the server returns, the marks arrive", self.arrive),
            ("two change the same case, the second is asked", self.change_both),
        )

    @property
    def case_number(self) -> str:
        """The case that was worked on; "" before."""
        return self._number

    @property
    def _height(self) -> float:
        return (self._place.y0 + self._place.y1) / 2

    def close(self) -> None:
        """Close every window."""
        for person in self._people.values():
            person.close()
        self._people.clear()

    def bad_scan(self) -> Evidence:
        """Look at the file that could not be taken in: it stands first in the list."""
        mailroom = self._person(self._scene.mailroom)
        inbox = mailroom.inbox()
        mailroom.look_until(lambda: bool(mailroom.desk.transfers.quarantine()), "the held file")
        press(inbox.listing.list, Qt.Key.Key_Home)
        mailroom.look_until(lambda: inbox.held.isVisible(), "the reason")
        self._picture(mailroom, "day-1-bad-scan")
        held = mailroom.desk.transfers.quarantine()
        return {"held": [(Path(file.path).name, file.refusal.value if file.refusal else "") for file in held]}

    def file_by_keyboard(self) -> Evidence:
        """Go down to a letter whose case was found, look at the place that says so, press Enter."""
        mailroom = self._person(self._scene.mailroom)
        inbox = mailroom.inbox()
        for _ in inbox.listing.rows:
            press(inbox.listing.list, Qt.Key.Key_Down)
            let_pass(50)
            item = mailroom.desk.inbox.item(inbox.pane.document_id) if inbox.pane.document_id else None
            sure = [case.evidence for case in item.suggestions.cases if case.confidence >= SURE] if item else []
            if item and sure and inbox.form.case_number:
                self._place = sure[0].rect or self._place
                break
        else:
            raise NothingHappenedError("a letter whose case is known")
        mailroom.look_until(lambda: inbox.pane.is_ready, "the letter's page")
        self._picture(mailroom, "day-2-filing")
        self._number, self._document = inbox.form.case_number, item.document.document_id
        press(inbox.listing.list, Qt.Key.Key_Return)
        mailroom.look_until(lambda: mailroom.desk.inbox.item(item.document.document_id) is None, "the letter is filed")
        mailroom.look_until(lambda: not mailroom.desk.transfers.overview().outbox, "it was sent")
        return {"documentId": item.document.document_id, "title": item.document.title, "caseNumber": self._number}

    def mark(self) -> Evidence:
        """Find the case by its number, highlight a line, write a note beside it."""
        clerk = self._person(self._scene.clerk)
        view = self._open(clerk)
        clerk.highlight(view, Point(self._place.x0 + 1, self._height), Point(self._place.x1 - 1, self._height))
        clerk.look_until(lambda: len(self._marks(clerk)) == 1, "the highlight")
        clerk.note(view, Point(MARGIN, self._height), NOTE)
        clerk.look_until(lambda: len(self._marks(clerk)) == 2, "the note")
        self._picture(clerk, "day-3-marks")
        return {"marks": [(mark.kind.value, mark.author, mark.text) for mark in self._marks(clerk)]}

    def colleague_sees(self) -> Evidence:
        """Open the same case at another workstation and find the marks there."""
        colleague = self._person(self._scene.colleague)
        self._open(colleague)
        beside = colleague.open_case(self._number).marks.list.lines
        colleague.look_until(lambda: beside.rowCount() == 2, "the clerk's marks in the list beside the page")
        colleague.look_until(lambda: "Online" in colleague.window.pill.text(), "the state says so")
        self._picture(colleague, "day-4-colleague")
        return {"seenBy": self._scene.colleague, "marks": [mark.mark_id for mark in self._marks(colleague)]}

    def go_on_without(self) -> Evidence:
        """Stop the server and write another note; the window must not wait."""
        clerk = self._person(self._scene.clerk)
        view = self._open(clerk)
        self._scene.stop_server()
        heart = Heartbeat()
        heart.start()
        clerk.note(view, Point(MARGIN, self._height - LINES_BELOW), NOTE_WHILE_AWAY)
        let_pass(AWAY_MILLISECONDS)
        heart.stop()
        clerk.look_until(lambda: clerk.desk.standing.standing().link is Link.OFFLINE, "offline")
        clerk.look_until(lambda: "Offline" in clerk.window.pill.text(), "the state says so")
        self._picture(clerk, "day-5-offline")
        return {
            "state": clerk.window.pill.text(),
            "waits": [stall.stack for stall in waited(heart.stalls)],
            "pausesOfOurs": [round(stall.worked, 3) for stall in worked(heart.stalls)],
            "longestPause": round(heart.worst, 3),
        }

    def arrive(self) -> Evidence:
        """Start the server; everything gets there without anybody doing anything."""
        self._scene.start_server()
        clerk, colleague = self._person(self._scene.clerk), self._person(self._scene.colleague)
        clerk.look_until(lambda: not clerk.desk.transfers.overview().outbox, "everything is sent")
        colleague.look_until(lambda: NOTE_WHILE_AWAY in self._notes(colleague), "the note written without the server")
        mailroom = self._person(self._scene.mailroom)
        mailroom.look_until(lambda: mailroom.desk.standing.standing().link is Link.ONLINE, "the mailroom online again")
        self._picture(colleague, "day-6-back")
        return {"state": clerk.window.pill.text(), "notes": self._notes(colleague)}

    def change_both(self) -> Evidence:
        """Change a deadline while a colleague, who was faster, has put off the same one."""
        colleague = self._person(self._scene.colleague)
        self._people.pop(self._scene.clerk).close()  # or the clerk's window would hear of it before
        (case,) = colleague.desk.worklist.find(CaseFilter(text=self._number))
        first, second = ((CaseChange(field=CaseField.DUE_ON, text=day.isoformat()),) for day in DEADLINES)
        colleague.desk.worklist.change_by_id(case.case_id, first)
        colleague.look_until(lambda: not colleague.desk.transfers.overview().outbox, "the first change is sent")
        with self._scene.open_desk(self._scene.home(self._scene.clerk), self._scene.passphrase) as desk:
            desk.worklist.change_by_id(case.case_id, second)
            desk.background.sync_once()
            asked = desk.transfers.conflicts()
        if not asked:
            raise NothingHappenedError("the clerk is asked")
        return {"caseNumber": self._number, "asked": len(asked)}

    def _person(self, user: str) -> Person:
        if user not in self._people:
            application(self._texts, Scheme.LIGHT)
            home = self._scene.home(user)
            self._people[user] = Person(home, self._scene.open_desk(home, self._scene.passphrase), self._texts)
        return self._people[user]

    def _open(self, person: Person) -> PageView:
        assert self._document is not None, "steps are played in order"
        return person.choose(person.open_case(self._number), self._document)

    def _marks(self, person: Person) -> list[Mark]:
        assert self._document is not None, "steps are played in order"
        return [mark for each in person.desk.marks.sets(self._document) for mark in each.marks]

    def _notes(self, person: Person) -> list[str]:
        return sorted(mark.text for mark in self._marks(person) if mark.text)

    def _picture(self, person: Person, name: str) -> None:
        self.pictures.append(person.picture(self._scene.out / f"{name}.png"))
