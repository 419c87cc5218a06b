"""What a person enters to sign in: the way, and what this way needs; what the administrator fixed stands fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from clerk_desktop.model.account import Account, SignInKind
from clerk_desktop.model.signing_in import Browser, MappingName, SignInRequest
from clerk_desktop.model.texts import N_
from clerk_desktop.system.settings import (
    CLIENT_CERTIFICATE,
    DMS_MAPPING,
    OIDC_CLIENT,
    OIDC_ISSUER,
    SIGN_IN,
    Origin,
    Setting,
    Settings,
)
from clerk_desktop.ui.theme import GRID
from clerk_desktop.ui.workplace import Workplace

WAYS = {
    SignInKind.BASIC: N_("Name and password"),
    SignInKind.OIDC: N_("In the browser, at the town's sign-on service"),
    SignInKind.TICKET: N_("Name and password (Alfresco ticket)"),
    SignInKind.CERTIFICATE: N_("Certificate of this workstation"),
}
KEPT = (OIDC_ISSUER, OIDC_CLIENT, CLIENT_CERTIFICATE)


class SignInForm(QWidget):
    """``changed`` comes with every change, ``entered`` when somebody presses Enter in a field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._known: Account | None = None
        settings, _ = workplace.desk.settings.load(), workplace.texts.gettext
        self.kind = self._ways(settings)
        self.url = _line(_("Address of the server"), "")
        self.url.setPlaceholderText("https://dms.example/cmis")
        self.user = _line(_("User name"), "")
        self.password = _secret(_("Password"))
        self.issuer = self._setting(_("Address of the sign-on service"), OIDC_ISSUER, settings)
        self.issuer.setPlaceholderText("https://sso.example/realms/town")
        self.client = self._setting(_("Name of this program at the sign-on service"), OIDC_CLIENT, settings)
        self.file = self._setting(_("File with the certificate"), CLIENT_CERTIFICATE, settings)
        self.choose = QPushButton(_("Choose …"))
        self.choose.setToolTip(_("Choose the file with the certificate (PEM or PKCS #12)"))
        self.choose.setEnabled(self.file.isEnabled())
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        self.passphrase = _secret(_("Passphrase of the certificate"))
        self.mapping = self._mappings(settings)
        self._rows: dict[QWidget, Callable[[SignInKind], bool]] = {}
        self._lay_out()
        for field in self._fields():
            field.textChanged.connect(self.changed)
            field.returnPressed.connect(self.entered)
        self.kind.currentIndexChanged.connect(lambda _: self._show())
        self._show()
        workplace.tasks.read(self, self._read, lambda found: self._know(*found))

    def way(self) -> SignInKind:
        """Return the chosen way."""
        return SignInKind(self.kind.currentData())

    def first(self) -> QWidget:
        """Return what a person fills in first: the first empty field, else the last."""
        fields = [field for field in self._fields() if field.isEnabled() and self._wanted(field)]
        empty = [field for field in fields if not field.text().strip()]
        return next(iter(empty or fields[-1:]), self.kind)

    def complete(self) -> bool:
        """Whether everything that the way needs is filled in; a passphrase may be missing."""
        needed = [field for field in self._fields() if field is not self.passphrase and self._wanted(field)]
        return all(field.text().strip() for field in needed if not self._may_be_empty(field))

    def forget(self) -> None:
        """Forget the secrets that were typed."""
        self.password.clear()
        self.passphrase.clear()

    def keep(self) -> None:
        """Keep what is a setting. Raises ``WrongUsage``, ``SettingLocked``, ``DiskFull``."""
        files = self._workplace.desk.settings
        for setting, field in zip(KEPT, (self.issuer, self.client, self.file), strict=True):
            text = field.text().strip()
            if field.isEnabled() and self._wanted(field) and text != files.load().value(setting):
                files.put(setting, text or None)

    def request(self, browser: Browser) -> SignInRequest:
        """Return what was entered. Signing in again goes to the same repository in the same way of naming things."""
        known = self._known
        asked = self.way().asks_password
        return SignInRequest(
            url=self.url.text().strip(),
            user=self.user.text().strip() if asked or known else "",
            password=self.password.text() if asked else "",
            passphrase=self.passphrase.text(),
            repository=known.repository if known else "",
            mapping=str(self.mapping.currentData()),
            kind=self.way(),
            browser=browser,
        )

    def _fields(self) -> tuple[QLineEdit, ...]:
        return (self.url, self.user, self.password, self.issuer, self.client, self.file, self.passphrase)

    def _may_be_empty(self, field: QLineEdit) -> bool:
        return field is self.file and self.way() is not SignInKind.CERTIFICATE

    def _ways(self, settings: Settings) -> QComboBox:
        _ = self._workplace.texts.gettext
        box = QComboBox()
        box.setAccessibleName(_("Way of signing in"))
        box.setToolTip(_("Way of signing in"))
        # the longest way must not press the names of the fields together
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        for kind, text in WAYS.items():
            box.addItem(_(text), kind.value)
        box.setCurrentIndex(box.findData(settings.value(SIGN_IN)))
        if settings.origin(SIGN_IN) is Origin.POLICY:
            box.setEnabled(False)
            box.setToolTip(_("Fixed by the administrator"))
        return box

    def _mappings(self, settings: Settings) -> QComboBox:
        """Return the choice of DMS mappings: the one in use is there at once, the others as soon as they are known."""
        _ = self._workplace.texts.gettext
        box = QComboBox()
        box.setAccessibleName(_("Kind of DMS"))
        box.setToolTip(_("How the server names things; ask whoever runs it"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        used = settings.value(DMS_MAPPING)
        box.addItem(used, used)
        if settings.origin(DMS_MAPPING) is Origin.POLICY:
            box.setEnabled(False)
            box.setToolTip(_("Fixed by the administrator"))
        return box

    def _read(self) -> tuple[Account | None, tuple[MappingName, ...]]:
        accounts = self._workplace.desk.accounts
        return accounts.current(), accounts.mappings()

    def _know(self, known: Account | None, mappings: tuple[MappingName, ...]) -> None:
        """Show whose the profile is and what there is to choose from; a profile belongs to one account."""
        titles = Counter(each.title for each in mappings)
        for each in mappings:
            text = each.title if titles[each.title] == 1 else f"{each.title} ({each.name})"
            place = self.mapping.findData(each.name)
            if place < 0:
                self.mapping.addItem(text, each.name)
            else:
                self.mapping.setItemText(place, text)
        if known is None:
            return
        self._known = known
        begun = self.window().focusWidget() in (self.url, self.user)
        for field, text in ((self.url, known.url), (self.user, known.user)):
            field.setText(text)
            field.setEnabled(False)
        for box, value in ((self.kind, known.sign_in.value), (self.mapping, known.mapping)):
            if box.isEnabled() and box.findData(value) >= 0:
                box.setCurrentIndex(box.findData(value))
        if begun:
            self.first().setFocus()

    def _setting(self, name: str, setting: Setting[str], settings: Settings) -> QLineEdit:
        line = _line(name, settings.value(setting))
        if settings.origin(setting) is Origin.POLICY:
            line.setEnabled(False)
            line.setToolTip(self._workplace.texts.gettext("Fixed by the administrator"))
        return line

    def _lay_out(self) -> None:
        _ = self._workplace.texts.gettext
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID * 2)
        row.addWidget(self.file, 1)
        row.addWidget(self.choose)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(GRID * 3)
        form.setHorizontalSpacing(GRID * 4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("Way of signing in"), self.kind)
        form.addRow(_("Server"), self.url)
        form.addRow(_("Kind of DMS"), self.mapping)
        password = (SignInKind.BASIC, SignInKind.TICKET)
        certificate = bool(self.file.text())
        self._add(form, _("User name"), self.user, lambda kind: kind in password)
        self._add(form, _("Password"), self.password, lambda kind: kind in password)
        self._add(form, _("Sign-on service"), self.issuer, lambda kind: kind is SignInKind.OIDC)
        self._add(form, _("Program name"), self.client, lambda kind: kind is SignInKind.OIDC)
        shown = lambda kind: certificate or kind is SignInKind.CERTIFICATE  # noqa: E731 - one rule for two rows
        self._add(form, _("Certificate"), place, shown)
        self._add(form, _("Passphrase"), self.passphrase, shown)
        self._rows[self.file] = shown

    def _add(self, form: QFormLayout, text: str, field: QWidget, wanted: Callable[[SignInKind], bool]) -> None:
        form.addRow(text, field)
        self._rows[field] = wanted

    def _wanted(self, field: QWidget) -> bool:
        return field not in self._rows or self._rows[field](self.way())

    def _show(self) -> None:
        form = self.layout()
        assert isinstance(form, QFormLayout)
        for field, wanted in self._rows.items():
            if field is not self.file:  # shares its row with a button
                form.setRowVisible(field, wanted(self.way()))
        self.changed.emit()

    def _choose(self) -> None:
        _ = self._workplace.texts.gettext
        kinds = _("Certificates") + " (*.p12 *.pfx *.pem);;" + _("All files") + " (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the file with the certificate"), "", kinds)
        if chosen:
            self.file.setText(chosen)


def _line(name: str, text: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setAccessibleName(name)
    line.setToolTip(name)
    return line


def _secret(name: str) -> QLineEdit:
    line = _line(name, "")
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
