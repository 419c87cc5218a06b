"""Who is signed in where."""

from __future__ import annotations

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


class Template(Enum):
    """What the office keeps for all of its stations, by name in ``/Vorlagen``."""

    SETTINGS = "einstellungen.toml"
    PEOPLE = "personen.json"
    FILING_PLAN = "aktenplan.json"
    DOCUMENT_TYPES = "dokumentarten.json"
