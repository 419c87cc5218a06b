"""Everything that can be set on a workstation, in one typed table.

Order: the machine's policy (locks what it names), the user's file, the value of the table. Rules for the whole office
are not here (``model.account.OfficeSettings``), nor is state or anything secret.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Generic, TypeVar

from clerk_desktop.model.account import SignInKind
from clerk_desktop.model.errors import SettingLocked, SettingsDamaged, WrongUsage
from clerk_desktop.model.texts import N_
from clerk_desktop.system.files import write_whole

V = TypeVar("V", str, int, float, bool)
Value = str | int | float | bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting(Generic[V]):
    """One row of the table. ``text`` is an English source text; numbers lie between ``least`` and ``most``."""

    name: str
    default: V
    text: str
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    def checked(self, value: object) -> V:
        """Return the value as this setting holds it. Raises ``WrongUsage`` for one it cannot hold."""
        kind = type(self.default)
        if kind is float and type(value) is int:
            value = float(value)
        if not isinstance(value, kind) or type(value) is not kind:
            raise WrongUsage(what=f"{self.name} = {value}")
        if self.choices and value not in self.choices:
            raise WrongUsage(what=f"{self.name} = {value}")
        if isinstance(value, int | float) and (
            (self.least is not None and not value >= self.least) or (self.most is not None and not value <= self.most)
        ):
            raise WrongUsage(what=f"{self.name} = {value}")
        return value

    def parsed(self, text: str) -> V:
        """Return the value of a text as somebody types it. Raises ``WrongUsage``."""
        if isinstance(self.default, str):
            return self.checked(text)
        try:
            return self.checked(json.loads(text.strip().lower()))
        except ValueError as error:
            raise WrongUsage(what=f"{self.name} = {text}") from error


LANGUAGE = Setting(
    name="language",
    default="",
    text=N_("Language of the program; empty for that of the system"),
    choices=("", "de", "en"),
)
THEME = Setting(
    name="theme",
    default="system",
    text=N_("Colours of the window"),
    choices=("system", "light", "dark", "contrast"),
)
KEEP_RUNNING = Setting(
    name="keep_running",
    default=True,
    text=N_("Whether scans are taken in and changes sent after the window was closed"),
)
TOOL_KEYS = Setting(
    name="tool_keys",
    default=True,
    text=N_("Whether a single letter chooses a tool of the review while the page has the focus (WCAG 2.1.4)"),
)
TOOL_LETTERS = Setting(
    name="tool_letters",
    default="",
    text=N_("Letters of the review's tools, in the order of its bar, each once; empty for V M U D N T F R P S"),
)
OWN_STAMPS = Setting(
    name="own_stamps",
    default="",
    text=N_("Further stamps, one a line; | begins a new line in it, %date, %time and %user are filled in"),
)
QUIET_SECONDS = Setting(
    name="quiet_seconds",
    default=3.0,
    text=N_("How long a scan must not change before it is taken in"),
    least=0.5,
    most=600,
)
SCANNER_SEARCH_SECONDS = Setting(
    name="scanner_search_seconds",
    default=2.0,
    text=N_("How long to listen for scanners that announce themselves in the network; 0: not at all"),
    least=0,
    most=60,
)
WORKERS = Setting(
    name="workers",
    default=0,
    text=N_("How many processes read scans; 0 for one less than there are processors"),
    least=0,
    most=64,
)
TESSDATA = Setting(
    name="tessdata", default="", text=N_("Folder with Tesseract's language data; empty to search for it")
)
SIGN_IN = Setting(
    name="sign_in",
    default=SignInKind.BASIC.value,
    text=N_("How one signs in to the server"),
    choices=tuple(kind.value for kind in SignInKind),
)
OIDC_ISSUER = Setting(
    name="oidc_issuer",
    default="",
    text=N_("Address of the town's sign-on service (OpenID Connect issuer), for sign_in = oidc"),
)
OIDC_CLIENT = Setting(
    name="oidc_client", default="clerk-desktop", text=N_("Name under which the sign-on service knows this program")
)
OIDC_SCOPE = Setting(
    name="oidc_scope", default="openid profile", text=N_("What the sign-on service is asked for (scope)")
)
CLIENT_CERTIFICATE = Setting(
    name="client_certificate",
    default="",
    text=N_("File with this workstation's own certificate and key (PEM or PKCS #12); empty for none"),
)
CA_FILE = Setting(
    name="ca_file",
    default="",
    text=N_("File with certificates (PEM) that are trusted beside the system's; empty for none"),
)
PROXY = Setting(
    name="proxy", default="", text=N_("Proxy as http://host:port; empty for that of the system, none for none")
)
PROXY_SCRIPT = Setting(
    name="proxy_script", default="", text=N_("Proxy script (PAC) as an address or a file; counts where proxy is empty")
)
DMS_MAPPING = Setting(
    name="dms_mapping",
    default="embedded",
    text=N_("How the server names things (DMS mapping): embedded, alfresco, plain or one of the town's own"),
)
DMS_MAPPINGS = Setting(
    name="dms_mappings", default="", text=N_("Folder with the town's own DMS mappings (NAME.toml); empty for none")
)
PINNED_DAYS = Setting(
    name="pinned_days", default=7.0, text=N_("How many days a pinned case stays available offline"), least=0.1, most=366
)
OPENED_DAYS = Setting(
    name="opened_days",
    default=7.0,
    text=N_("How many days the content of a document that was opened, and is not pinned, stays on this computer"),
    least=0,
    most=366,
)
STORAGE_LIMIT_MB = Setting(
    name="storage_limit_mb",
    default=2048,
    text=N_("How much content is kept on this computer, in MB; what is not sent yet and pinned cases always stay"),
    least=16,
    most=4_000_000,
)
LOG_LEVEL = Setting(
    name="log_level", default="info", text=N_("What is logged"), choices=("error", "warning", "info", "debug")
)

TABLE: tuple[Setting[Any], ...] = (
    LANGUAGE,
    THEME,
    KEEP_RUNNING,
    TOOL_KEYS,
    TOOL_LETTERS,
    OWN_STAMPS,
    QUIET_SECONDS,
    SCANNER_SEARCH_SECONDS,
    WORKERS,
    TESSDATA,
    SIGN_IN,
    OIDC_ISSUER,
    OIDC_CLIENT,
    OIDC_SCOPE,
    CLIENT_CERTIFICATE,
    CA_FILE,
    PROXY,
    PROXY_SCRIPT,
    DMS_MAPPING,
    DMS_MAPPINGS,
    PINNED_DAYS,
    OPENED_DAYS,
    STORAGE_LIMIT_MB,
    LOG_LEVEL,
)


class Origin(Enum):
    """Who said what a setting is."""

    POLICY = "policy"
    USER = "user"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a profile at one moment."""

    policy: Mapping[str, Value]
    user: Mapping[str, Value]

    def value(self, setting: Setting[V]) -> V:
        """Return what holds."""
        for layer in (self.policy, self.user):
            if setting.name in layer:
                return setting.checked(layer[setting.name])
        return setting.default

    def origin(self, setting: Setting[Any]) -> Origin:
        """Return who said so. ``Origin.POLICY`` cannot be changed here and is shown as locked."""
        if setting.name in self.policy:
            return Origin.POLICY
        return Origin.USER if setting.name in self.user else Origin.DEFAULT


def setting_named(name: str) -> Setting[Any]:
    """Return a row of the table. Raises ``WrongUsage`` for a name that it does not have."""
    for setting in TABLE:
        if setting.name == name:
            return setting
    raise WrongUsage(what=name)


class SettingsFiles:
    """The files that settings come from: ``Profile.settings_file`` and ``paths.policy_file()``; neither must exist."""

    def __init__(self, user_file: Path, policy_file: Path) -> None:
        self._user_file = user_file
        self._policy_file = policy_file

    def load(self) -> Settings:
        """Return what the files say. Raises ``SettingsDamaged``: no TOML, unknown names, wrong values."""
        return Settings(policy=_read(self._policy_file), user=_read(self._user_file))

    def put_aside(self) -> Path:
        """Rename the user's file, so that everything is as at the first start; return where it is now."""
        number = 1
        while (kept := self._user_file.with_name(f"{self._user_file.name}.damaged-{number}")).exists():
            number += 1
        return self._user_file.rename(kept)

    def put(self, setting: Setting[V], value: V | None) -> Settings:
        """Set a value in the user's file, None to go back to the default; returns what holds then.

        Raises ``SettingLocked``, ``WrongUsage``, ``DiskFull``; a file that cannot be read is never written over.
        """
        now = self.load()
        if now.origin(setting) is Origin.POLICY:
            raise SettingLocked(name=setting.name)
        user = {name: kept for name, kept in now.user.items() if name != setting.name}
        if value is not None:
            user[setting.name] = setting.checked(value)
        lines = [f"{row.name} = {_toml(user[row.name])}\n" for row in TABLE if row.name in user]
        write_whole(self._user_file, "".join(lines).encode())
        return Settings(policy=now.policy, user=user)


def _read(path: Path) -> dict[str, Value]:
    try:
        said = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:  # a policy that only the administrator may read, for one
        raise SettingsDamaged(what=path.name) from error
    import tomllib  # most profiles have no such file

    try:
        found = tomllib.loads(said.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsDamaged(what=path.name) from error
    try:
        return {name: setting_named(name).checked(value) for name, value in found.items()}
    except WrongUsage as error:
        raise SettingsDamaged(what=f"{path.name}: {error.fields['what']}") from error


def _toml(value: Value) -> str:
    """Return a value as TOML 1.0 writes it: JSON's form is valid TOML for these types, but for the sign DEL."""
    return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f")
