"""The settings, with the pages of the first start; what the administrator fixed is shown as fixed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.texts import N_
from clerk_desktop.system.settings import KEEP_RUNNING, LANGUAGE, THEME, TOOL_KEYS, Origin, Setting
from clerk_desktop.ui.application import wear
from clerk_desktop.ui.places import Command, PlaceView
from clerk_desktop.ui.settings.account import AccountPanel
from clerk_desktop.ui.settings.doctor import DoctorPage
from clerk_desktop.ui.settings.marking import MarkingPage
from clerk_desktop.ui.settings.offline import OfflinePage
from clerk_desktop.ui.theme import GRID, Scheme
from clerk_desktop.ui.welcome.scan_folder import ScanFolderPage
from clerk_desktop.ui.welcome.sign_in import SignInPage
from clerk_desktop.ui.whole_tabs import LaterPage, scrolling, whole_tabs
from clerk_desktop.ui.workplace import Workplace

SCHEMES = {
    Scheme.SYSTEM: N_("as the system"),
    Scheme.LIGHT: N_("light"),
    Scheme.DARK: N_("dark"),
    Scheme.CONTRAST: N_("high contrast"),
}
LANGUAGES = {"": N_("as the system"), "de": "Deutsch", "en": "English"}


class SettingsPlace(PlaceView):
    """Six pages, each made when it is first looked at."""

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(workplace, parent)
        _ = workplace.texts.gettext
        self.tabs = whole_tabs()
        self._add(_("Connection"), lambda: self.account, lambda: self.sign_in)
        self._add(_("Scan folders"), lambda: self.folders)
        self._add(_("Appearance"), lambda: self.looks)
        self._workstation = self._add(_("This workstation"), lambda: self.doctor)
        self._add(_("Offline"), lambda: self.offline)
        self._add(_("Marking"), lambda: self.marking)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    @cached_property
    def account(self) -> AccountPanel:
        """Who is signed in."""
        return AccountPanel(self.workplace)

    @cached_property
    def sign_in(self) -> SignInPage:
        """The server, and how one signs in."""
        return SignInPage(self.workplace)

    @cached_property
    def folders(self) -> ScanFolderPage:
        """What is watched."""
        return ScanFolderPage(self.workplace)

    @cached_property
    def looks(self) -> AppearancePage:
        """Language and colours."""
        return AppearancePage(self.workplace)

    @cached_property
    def doctor(self) -> DoctorPage:
        """What is wrong with this workstation."""
        return DoctorPage(self.workplace)

    @cached_property
    def offline(self) -> OfflinePage:
        """What is kept here."""
        return OfflinePage(self.workplace)

    @cached_property
    def marking(self) -> MarkingPage:
        """Letters of the tools, and stamps."""
        return MarkingPage(self.workplace)

    def ahead(self) -> Iterator[None]:
        """Make the page that is shown first."""
        page = self.tabs.currentWidget()
        if isinstance(page, LaterPage):
            page.make_now()
        yield

    def enter(self) -> None:
        """The tabs have the keys."""
        self.tabs.tabBar().setFocus()

    def commands(self) -> tuple[Command, ...]:
        """What can be done here."""
        _ = self.workplace.texts.gettext
        return (Command(text=_("Check this workstation"), run=self.check),)

    def check(self) -> None:
        """Show the page that checks this workstation, and have it look."""
        self.tabs.setCurrentWidget(self._workstation)
        self.doctor.check()

    def _add(self, title: str, *parts: Callable[[], QWidget]) -> QWidget:
        page = LaterPage(lambda parent: _framed(parent, *parts))
        self.tabs.addTab(page, title)
        return page


def _framed(parent: QWidget, *parts: Callable[[], QWidget]) -> QWidget:
    frame = QWidget()
    inner = QVBoxLayout(frame)
    inner.setContentsMargins(GRID * 6, GRID * 5, GRID * 6, GRID * 5)
    area = scrolling(frame, parent)
    made = [make() for make in parts]
    for part in made:
        inner.addWidget(part)
    made[-1].setMaximumWidth(760)
    return area


class AppearancePage(QWidget):
    """Language, colours, and what closing the window means."""

    changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        _ = workplace.texts.gettext
        self.theme = self._choice(_("Colours"), THEME, {each.value: text for each, text in SCHEMES.items()})
        self.language = self._choice(_("Language"), LANGUAGE, LANGUAGES)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GRID * 3)
        form.setHorizontalSpacing(GRID * 4)
        form.addRow(_("Colours"), self.theme)
        form.addRow(_("Language"), self.language)
        note = QLabel(_("Another language takes effect at the next start."))
        note.setProperty("muted", True)
        form.addRow("", note)
        self.keep_running = self._switch(
            KEEP_RUNNING,
            _("Go on taking in scans and sending (Ctrl+Q ends the program)"),
            _("Where the desktop shows icons beside the clock"),
        )
        form.addRow(_("Closing the window"), self.keep_running)
        self.tool_keys = self._switch(
            TOOL_KEYS,
            _("A letter chooses a tool while the page has the focus (M highlights)"),
            _("Off for those who speak to the computer or press keys by accident; the tools stay in bar and menu"),
        )
        form.addRow(_("Keys on the page"), self.tool_keys)

    def _switch(self, setting: Setting[bool], text: str, hint: str) -> QCheckBox:
        box = QCheckBox(text)
        settings = self._workplace.desk.settings.load()
        box.setChecked(settings.value(setting))
        locked = settings.origin(setting) is Origin.POLICY
        box.setEnabled(not locked)
        box.setToolTip(self._workplace.texts.gettext("Fixed by the administrator") if locked else hint)
        box.toggled.connect(lambda wanted: self._put_switch(setting, wanted))
        return box

    def _put_switch(self, setting: Setting[bool], wanted: bool) -> None:
        try:
            self._workplace.desk.settings.put(setting, wanted)
        except ClerkError as error:
            self._workplace.say_error(error)
            return
        self.changed.emit()

    def _choice(self, name: str, setting: Setting[str], choices: dict[str, str]) -> QComboBox:
        _ = self._workplace.texts.gettext
        box = QComboBox()
        box.setAccessibleName(name)
        for value, text in choices.items():
            box.addItem(_(text), value)
        settings = self._workplace.desk.settings.load()
        box.setCurrentIndex(box.findData(settings.value(setting)))
        if settings.origin(setting) is Origin.POLICY:
            box.setEnabled(False)
            box.setToolTip(_("Fixed by the administrator"))
        else:
            box.setToolTip(name)
        box.activated.connect(lambda _: self._put(setting, str(box.currentData())))
        return box

    def _put(self, setting: Setting[str], value: str) -> None:
        try:
            settings = self._workplace.desk.settings.put(setting, value or None)
        except ClerkError as error:
            self._workplace.say_error(error)
            return
        program = QApplication.instance()
        if isinstance(program, QApplication):
            wear(program, Scheme(settings.value(THEME)))
        self.changed.emit()
