"""The window's start on a profile that cannot be used: what is shown, and the way out by one button."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clerk_desktop.assembly import Workshop
from clerk_desktop.model.account import Account
from clerk_desktop.model.errors import KeyLost, SettingsDamaged, StoreDamaged, StoreTooNew
from clerk_desktop.store.database import DatabaseFile
from clerk_desktop.store.keys import derive
from clerk_desktop.store.secrets import StoreSecrets
from clerk_desktop.store.store import Store
from clerk_desktop.system import garbage
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.paths import Profile
from clerk_desktop.ui.main_window import MainWindow
from clerk_desktop.ui.start import Opening, open_window
from clerk_desktop.ui.trouble_dialog import TroubleDialog
from clerk_desktop.usecases.desk import Desk
from clerk_desktop.usecases.rescue import Rescue
from tests.store.samples_of import CASE, FOLDER, OPERATIONS, fill
from tests.ui.stage import KEY, Clock

PAGE = 4096
ACCOUNT = Account(url="http://127.0.0.1:9/cmis", user="clerk1.luegde", repository="town", mapping="embedded")
Step = Callable[[], bool]


class Person:
    """Does one step after the other, each as soon as what it needs is on the screen; then ends the program."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self.read: list[str] = []
        self.searched: list[bool] = []
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._look)

    def will(self, *steps: Step) -> None:
        self._steps = list(steps)
        self._timer.start()

    def _look(self) -> None:
        if self._steps and self._steps[0]():
            self._steps.pop(0)

    def reads_and_goes_on(self, folder: Path | None = None) -> Step:
        return lambda: self._at_dialog(lambda dialog: self._go(dialog, folder))

    def reads_and_closes(self) -> Step:
        return lambda: self._at_dialog(lambda dialog: dialog.reject())

    def ends(self) -> bool:
        """Quit for as long as a window is open: a welcome page may have taken the first one for itself."""
        if any(isinstance(each, MainWindow) and each.isVisible() for each in QApplication.topLevelWidgets()):
            QApplication.quit()
        return False

    def stop(self) -> None:
        self._timer.stop()

    def _at_dialog(self, act: Callable[[TroubleDialog], object]) -> bool:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, TroubleDialog):
            return False
        self.read.append(dialog.text.text())
        self.searched.append(gc.isenabled())
        act(dialog)
        return True

    @staticmethod
    def _go(dialog: TroubleDialog, folder: Path | None) -> None:
        if folder is not None:
            dialog.folder.setText(str(folder))
        assert dialog.go is not None
        dialog.go.click()


@pytest.fixture
def home(tmp_path: Path, qtbot: QtBot) -> Iterator[Path]:
    """A profile with everything in it. The program goes on as it was set up for the other tests."""
    with closing(Store.open(tmp_path / "home", KEY, Clock())) as store:
        fill(store)
        with store.write() as session:
            session.account.put(ACCOUNT)
    yield tmp_path / "home"
    QApplication.setQuitOnLastWindowClosed(True)
    garbage.look_at_all()


def opening(home: Path, language: str = "de", *, has_key: bool = True) -> Opening:
    def open_desk(place: Path, passphrase: str | None) -> Desk:
        if not has_key and (place / "store" / "clerk.db").exists():
            raise KeyLost
        store = Store.open(place, KEY, Clock())
        secrets = StoreSecrets(store)
        return Workshop(profile=Profile(place), store=store, secrets=secrets, keyring=secrets, clock=Clock())

    def open_rescue(place: Path, passphrase: str | None) -> Rescue:
        profile = Profile(place)
        return Rescue(profile=profile, key=KEY if has_key else None, clock=Clock(), locks=Locks(profile.locks))

    return Opening(home=home, open_desk=open_desk, open_rescue=open_rescue, language=language)


def damage(home: Path, name: str) -> bytes:
    file = DatabaseFile(home / "store", derive(KEY))
    with closing(file.connect_bare(file.path)) as connection:
        page = int(str(connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).get))
    content = bytearray(file.path.read_bytes())
    content[(page - 1) * PAGE + 2000] ^= 1
    file.path.write_bytes(content)
    with pytest.raises(StoreDamaged), closing(Store.open(home, KEY)) as store:
        store.prove_whole()
    return bytes(content)


@pytest.fixture
def person(qtbot: QtBot) -> Iterator[Person]:
    made = Person()
    yield made
    made.stop()


@pytest.mark.slow
def test_a_damaged_index_is_repaired_by_one_button_and_the_window_opens(
    home: Path, tmp_path: Path, person: Person
) -> None:
    damage(home, "cases_list")
    person.will(person.reads_and_goes_on(tmp_path / "out"), person.reads_and_goes_on(), person.ends)
    assert open_window(opening(home)) == 0
    assert "Der lokale Speicher ist beschädigt." in person.read[0]
    assert "repariert; nichts fehlt" in person.read[1]
    with closing(Store.open(home, KEY)) as store, store.read() as session:
        assert session.cases.by_number(CASE.case_number) is not None
        assert len(session.outbox.all()) == len(OPERATIONS)
    assert not (tmp_path / "out").exists()


def test_a_damaged_table_is_begun_anew_and_unsent_work_lies_in_files(
    home: Path, tmp_path: Path, person: Person
) -> None:
    content = damage(home, "templates")
    person.will(person.reads_and_goes_on(tmp_path / "out"), person.reads_and_closes())
    with pytest.raises(StoreDamaged):
        open_window(opening(home))
    [folder] = (tmp_path / "out").iterdir()
    assert str(folder) in person.read[1]
    text = (folder / "Nicht gesendete Arbeit.txt").read_text(encoding="utf-8-sig")
    assert {"Frist: 2025-12-03", "Absender: Meier"} <= {line.strip() for line in text.splitlines()}
    assert [path.read_bytes() for path in (home / "store").glob("damaged-*/clerk.db")] == [content]
    with closing(Store.open(home, KEY)) as store, store.read() as session:
        assert (session.account.get(), session.folders.all()) == (ACCOUNT, (FOLDER,))
        assert session.cases.get(CASE.case_id) is None


def test_whoever_does_not_want_it_now_closes_and_everything_stays(home: Path, person: Person) -> None:
    content = damage(home, "templates")
    person.will(person.reads_and_closes())
    with pytest.raises(StoreDamaged):
        open_window(opening(home, "en"))
    assert "Nothing was overwritten" in person.read[0]
    assert (home / "store" / "clerk.db").read_bytes() == content


def test_a_folder_that_cannot_be_written_is_said_and_nothing_was_done(
    home: Path, tmp_path: Path, person: Person
) -> None:
    content = damage(home, "templates")
    (tmp_path / "file").write_bytes(b"")
    person.will(person.reads_and_goes_on(tmp_path / "file"), person.reads_and_closes())
    with pytest.raises(StoreDamaged):
        open_window(opening(home))
    assert "file" in person.read[1]
    assert (home / "store" / "clerk.db").read_bytes() == content


@pytest.mark.parametrize("trouble", ["store", "settings"])
def test_garbage_is_searched_while_a_dialog_waits_for_a_person(home: Path, person: Person, trouble: str) -> None:
    if trouble == "store":
        damage(home, "templates")
    else:
        (home / "settings.toml").write_bytes(b"unknown = 1")
    person.will(person.reads_and_closes())
    garbage.hold_back()
    with pytest.raises((StoreDamaged, SettingsDamaged)):
        open_window(opening(home))
    assert person.searched == [True]


@pytest.mark.slow
def test_a_store_without_its_key_is_put_aside_whole_and_a_new_one_made(
    home: Path, tmp_path: Path, person: Person
) -> None:
    content = (home / "store" / "clerk.db").read_bytes()
    person.will(person.reads_and_goes_on(tmp_path / "out"), person.reads_and_goes_on(), person.ends)
    assert open_window(opening(home, has_key=False)) == 0
    [kept] = home.glob("store-without-key-*")
    assert (kept / "clerk.db").read_bytes() == content


def test_a_newer_store_is_said_before_the_program_ends(home: Path, person: Person) -> None:
    file = DatabaseFile(home / "store", derive(KEY))
    with closing(file.connect_bare(file.path)) as connection:
        connection.pragma("user_version", 999)
    person.will(person.reads_and_closes())
    with pytest.raises(StoreTooNew):
        open_window(opening(home))
    assert "neueren Programmversion" in person.read[0]


@pytest.mark.slow
def test_settings_that_cannot_be_read_are_put_aside_by_one_button(home: Path, person: Person) -> None:
    (home / "settings.toml").write_bytes(b'theme = "dark')
    person.will(person.reads_and_goes_on(), person.reads_and_goes_on(), person.ends)
    assert open_window(opening(home)) == 0
    assert "settings.toml" in person.read[0]
    assert (home / "settings.toml.damaged-1").read_bytes() == b'theme = "dark'
    (home / "settings.toml").write_bytes(b"unknown = 1")
    person.will(person.reads_and_closes())
    with pytest.raises(SettingsDamaged):
        open_window(opening(home))
    assert (home / "settings.toml").read_bytes() == b"unknown = 1"
