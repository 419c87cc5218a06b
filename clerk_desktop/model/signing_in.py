"""What a person enters to sign in, and what the program asks of the browser for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clerk_desktop.model.account import SignInKind


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
