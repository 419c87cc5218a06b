"""Who is signed in where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class SignInKind(Enum):
    """How somebody proves to a server who they are; the value is what ``login --sign-in`` takes."""

    BASIC = "basic"
    OIDC = "oidc"
    TICKET = "ticket"
    CERTIFICATE = "certificate"

    @property
    def asks_password(self) -> bool:
        """Whether a person types name and password."""
        return self in (SignInKind.BASIC, SignInKind.TICKET)


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """The one account of a profile. The secret is kept elsewhere (``system.secrets``)."""

    url: str
    user: str
    repository: str
    mapping: str
    sign_in: SignInKind = SignInKind.BASIC


@dataclass(frozen=True, slots=True)
class MappingName:
    """A DMS mapping that there is. ``title``: the product it is for, as its makers call it."""

    name: str
    title: str


def _never() -> bool:
    return False


@dataclass(frozen=True, kw_only=True, slots=True)
class Browser:
    """The system's browser, and the person before it.

    ``open`` shows an address; ``done`` and ``failed`` are the words of the last page; ``cancelled`` tells that the
    person gave up, and is asked a few times a second.
    """

    open: Callable[[str], None]
    done: str
    failed: str
    cancelled: Callable[[], bool] = _never


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInRequest:
    """What a person enters. ``repository`` "" takes the only one; ``mapping`` names a DMS mapping.

    ``user`` and ``password`` are "" where the kind of sign-in asks for none; ``kind`` None is that of the settings.
    ``passphrase`` is that of the workstation's own certificate, "" where there is none; ``browser`` is needed where
    one signs in in the browser.
    """

    url: str
    user: str = ""
    password: str = ""
    passphrase: str = ""
    repository: str = ""
    mapping: str = "embedded"
    kind: SignInKind | None = None
    browser: Browser | None = None


class Template(Enum):
    """What the office keeps for all of its stations, by name in ``/Vorlagen``."""

    SETTINGS = "einstellungen.toml"
    PEOPLE = "personen.json"
    FILING_PLAN = "aktenplan.json"
    DOCUMENT_TYPES = "dokumentarten.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficeSettings:
    """Rules that hold for the whole office (``/Vorlagen/einstellungen.toml``); these are the values without one.

    ``confidence_floor``: proposals below are not shown (0 … 1). ``sample_…``: how many of a hundred letters of each
    protection are chosen by chance to be compared with their paper (BSI TR-03138, quality check). ``store_pdfa``: scans
    are stored as PDF/A-2b (ISO 19005-2) where they can be; their originals are never deleted then.
    ``keep_paper_days``: how long paper is kept after the last letter of its box was received.
    """

    auto_file: bool = False
    confidence_floor: float = 0.3
    separator_texts: tuple[str, ...] = ("PATCHT", "CLERK1|SEP")
    keep_originals_days: int = 180
    sample_normal: int = 0
    sample_confidential: int = 0
    sample_personal: int = 0
    store_pdfa: bool = False
    keep_paper_days: int = 180
