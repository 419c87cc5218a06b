"""From nothing to an open window: one window a profile, the passphrase where one is needed, then the places.

Imports here only what the first picture needs; what else the window has is imported behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from clerk_desktop.model.errors import (
    KeyLost,
    PassphraseNeeded,
    SettingsDamaged,
    StoreDamaged,
    StoreError,
    WrongKey,
)
from clerk_desktop.system import garbage
from clerk_desktop.system.locks import Locks, Role
from clerk_desktop.system.paths import Profile, policy_file
from clerk_desktop.system.settings import LANGUAGE, LOG_LEVEL, THEME, Settings, SettingsFiles
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.services import Services
from clerk_desktop.ui.session import WindowSession
from clerk_desktop.ui.theme import Scheme
from clerk_desktop.usecases.desk import Desk

if TYPE_CHECKING:
    from clerk_desktop.ui.trouble_dialog import WayOut
    from clerk_desktop.usecases.rescue import Rescue

OpenDesk = Callable[[Path, str | None], Desk]
OpenRescue = Callable[[Path, str | None], "Rescue"]


def _open_rescue(home: Path, passphrase: str | None) -> Rescue:
    from clerk_desktop.usecases.rescue import open_rescue

    return open_rescue(home, passphrase)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What the window is opened with. ``language``: as said on the command line, None for the setting.

    ``open_rescue`` returns the way out for a damaged store; ``try_out`` opens a sample office beside this profile, None
    where none can be opened.
    """

    home: Path
    open_desk: OpenDesk
    passphrase: str | None = None
    language: str | None = None
    open_rescue: OpenRescue = _open_rescue
    try_out: Callable[[], None] | None = None


def open_window(opening: Opening) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Raises ``StoreError`` when the profile cannot be opened, ``RoleTaken`` when a window has it that does not answer.
    """
    settings = _settings(opening)
    texts = Texts.for_language(opening.language or settings.value(LANGUAGE) or None)
    program = application(texts, Scheme(settings.value(THEME)))
    locks = Locks(Profile(opening.home).locks)
    lock = locks.try_take(Role.WINDOW)
    if lock is None:
        from clerk_desktop.ui.single import raise_or_follow

        lock = raise_or_follow(opening.home, locks)
        if lock is None:
            return 0
    from clerk_desktop.system.logs import logging_to

    with lock:
        while True:  # once more after signing out
            desk = _opened(opening, texts)
            if desk is None:
                return 0
            session = WindowSession(desk, texts, opening.home)
            with logging_to(Profile(opening.home).logs, "window", settings.value(LOG_LEVEL)):
                code = _stay(program, session, opening)
            if not session.again:
                return code


def _stay(program: QApplication, session: WindowSession, opening: Opening) -> int:
    window = session.window
    services = Services(session, opening.home, opening.try_out)
    window.closed.connect(program.quit)
    window.pictured.connect(services.begin)
    window.come()
    try:
        return program.exec()
    finally:
        services.end()
        session.close()


def _settings(opening: Opening) -> Settings:
    """Return the settings; where they cannot be read, say so, and offer to put the user's own file aside."""
    users = Profile(opening.home).settings_file
    files = SettingsFiles(users, policy_file())
    try:
        return files.load()
    except SettingsDamaged as error:
        from clerk_desktop.ui.trouble_dialog import TroubleDialog, WayOut

        garbage.look_at_new()  # a dialog stays open as long as a person likes
        texts = Texts.for_language(opening.language)
        application(texts, Scheme.SYSTEM)
        way_out = None
        if str(error.fields["what"]).startswith(users.name):
            way_out = WayOut(button=texts.gettext("Put the file aside"), act=lambda _: _put_aside(files, texts))
        if not TroubleDialog(texts, error, way_out).exec():
            raise
    return files.load()


def _put_aside(files: SettingsFiles, texts: Texts) -> list[str]:
    told = texts.gettext("The file was kept as {name}. Everything is as at the first start.")
    return [told.format(name=files.put_aside().name)]


def _opened(opening: Opening, texts: Texts) -> Desk | None:
    """Open the profile, asking for a passphrase as often as it takes; None when the person gave up.

    What hinders is shown before it is raised; a damaged store can be dealt with there.
    """
    try:
        return opening.open_desk(opening.home, opening.passphrase)
    except StoreError:  # once more, with what it needs or a word about what is wrong
        return _opened_by_asking(opening, texts)


def _opened_by_asking(opening: Opening, texts: Texts) -> Desk | None:
    from clerk_desktop.ui.trouble_dialog import TroubleDialog
    from clerk_desktop.ui.unlock_dialog import UnlockDialog

    garbage.look_at_new()  # a dialog stays open as long as a person likes
    passphrase, refused = opening.passphrase, False
    while True:
        try:
            return opening.open_desk(opening.home, passphrase)
        except PassphraseNeeded:
            refused = False
        except WrongKey as error:
            if opening.passphrase is not None:
                TroubleDialog(texts, error).exec()
                raise
            refused = True
        except (StoreDamaged, KeyLost) as error:
            if not TroubleDialog(texts, error, _rescue(opening, passphrase, texts)).exec():
                raise
            continue
        except StoreError as error:
            TroubleDialog(texts, error).exec()
            raise
        dialog = UnlockDialog(texts, new=not Profile(opening.home).key_file.exists(), refused=refused)
        if not dialog.exec():
            return None
        passphrase = dialog.passphrase


def _rescue(opening: Opening, passphrase: str | None, texts: Texts) -> WayOut:
    from clerk_desktop.ui.trouble_dialog import WayOut
    from clerk_desktop.usecases.rescue import rescued_text

    def act(folder: Path) -> list[str]:
        return rescued_text(texts, opening.open_rescue(opening.home, passphrase).run(folder, texts))

    _ = texts.gettext
    return WayOut(button=_("Repair or begin anew"), act=act, files=_("Folder for unsent work that cannot stay here"))
