"""A window on a real profile: real store, real use cases, no server; events as hands and eyes make them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from clerk_desktop.assembly import Workshop
from clerk_desktop.demo.text_pdf import Line, text_pdf
from clerk_desktop.model.account import Account
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.ids import CaseId, DocumentId, new_key
from clerk_desktop.model.suggestion import CaseSuggestion, FieldSuggestion, Suggestions
from clerk_desktop.store.secrets import StoreSecrets
from clerk_desktop.store.store import Store
from clerk_desktop.system.paths import Profile
from clerk_desktop.system.store_key import StoreKey
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.places import PlaceEntry
from clerk_desktop.ui.played.person import press as press
from clerk_desktop.ui.played.person import write as write
from clerk_desktop.ui.rooms import PLACES
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.usecases.desk import Desk
from clerk_desktop.workers.host import WorkerHost
from tests.new_store import open_store

KEY = StoreKey(bytes(range(32)))
ME = "clerk1.blomberg"
TODAY = date(2026, 11, 23)
PDF = text_pdf([[Line(x=72, y=700, text="Sehr geehrte Damen und Herren")]])


class Clock:
    """A clock that tests turn; begins in the morning of ``TODAY``."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def pass_by(self, **time: float) -> None:
        self.time += timedelta(**time)


class Stage:
    """One profile and, once opened, its window. ``store`` is for putting the scene up.

    ``host``: worker processes that other stages use too.
    """

    def __init__(
        self, home: Path, language: str = "de", host: WorkerHost | None = None, kind: type[Store] = Store
    ) -> None:
        self.home = home
        self.clock = Clock()
        self.texts = Texts.for_language(language)
        self.store = open_store(home, KEY, self.clock, kind)
        secrets = StoreSecrets(self.store)
        self._workshop = Workshop(
            profile=Profile(home), store=self.store, secrets=secrets, keyring=secrets, clock=self.clock, host=host
        )
        self.desk: Desk = self._workshop
        self.session: WindowSession | None = None
        self._closed = False

    def signed_in(self, user: str = ME) -> Stage:
        """Make the profile somebody's."""
        with self.store.write() as session:
            session.account.put(Account(url="http://127.0.0.1:9/cmis", user=user, repository="r", mapping="embedded"))
        return self

    def case(self, number: str, subject: str, **more: object) -> Case:
        """Put a case into the store."""
        case = Case(
            case_id=CaseId(new_key()),
            case_number=number,
            subject=subject,
            municipality="blomberg",
            filing_plan_number=number.split("-")[0],
            **more,  # type: ignore[arg-type]  # the fields of Case
        )
        with self.store.write() as session:
            session.cases.put(case)
        return case

    def document(self, title: str, content: bytes, **more: object) -> Document:
        """Put a document with its content into the store; without a case it lies in the inbox."""
        info = self.store.blobs.put_bytes(content)
        document = Document(
            document_id=DocumentId(new_key()),
            municipality="blomberg",
            title=title,
            sha256=info.sha256,
            length=info.length,
            **{"received_on": TODAY, "page_count": 1, **more},  # type: ignore[arg-type]  # the fields of Document
        )
        with self.store.write() as session:
            session.documents.put(document)
        return document

    def suggest(self, document: Document, *cases: CaseSuggestion, fields: Sequence[FieldSuggestion] = ()) -> None:
        """Put proposals for a document into the store."""
        with self.store.write() as session:
            session.suggestions.put(document.document_id, Suggestions(cases=cases, fields=tuple(fields)))

    def open(self, entries: Sequence[PlaceEntry] = PLACES, size: tuple[int, int] = (1280, 720)) -> WindowSession:
        """Open the window and let it settle."""
        self.session = WindowSession(self.desk, self.texts, self.home, entries)
        self.session.window.resize(*size)
        self.session.window.show()
        self.session.window.activateWindow()
        settle(self.session)
        return self.session

    def close(self) -> None:
        """Close everything, once."""
        if self._closed:
            return
        self._closed = True
        if self.session is not None:
            self.session.close()
        else:
            self.desk.close()


def scene(stage: Stage) -> Stage:
    """Put something into every place: a case of mine that is due, a letter in it, one in the inbox."""
    stage.signed_in()
    case = stage.case("32.10-2026/018", "Anwohnerparken Burgstraße", assignee=ME, due_on=TODAY, resubmit_on=TODAY)
    stage.document("Antrag", PDF, case_id=case.case_id, sender="Müller, Erika")
    stage.document("Brief", PDF, sender="Kreis Lippe")
    return stage


def settle(session: WindowSession) -> None:
    """Let the window hear of every change and take in every result, as it does while a person looks at it."""
    session.workplace.bridge.poll()
    for _ in range(6):  # what arrives may ask for more
        QApplication.processEvents()
        session.workplace.tasks.wait_idle()
        QApplication.processEvents()


def when_asked(act: Callable[[], object]) -> None:
    """Do something as soon as a dialog asks and has the keys; it may take a reading of the store until it does."""
    looking = QTimer(QApplication.instance())
    looking.setInterval(5)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None and QGuiApplication.focusWindow() is dialog.windowHandle():
            looking.stop()
            looking.deleteLater()
            act()

    looking.timeout.connect(look)
    looking.start()


def hold(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Let a key that is held down come once more, as the keyboard repeats it."""
    QTest.simulateEvent(widget, True, key, modifier, "", True)


def roll(widget: QWidget, down: bool = True) -> None:
    """Turn the wheel one notch while the pointer is over the middle of a widget."""
    at = QPointF(widget.rect().center())
    turn = QPoint(0, -120 if down else 120)
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def retype(field: QLineEdit, text: str) -> None:
    """Put the cursor into a field and type over what stands there."""
    field.setFocus()
    field.selectAll()
    write(field, text)
