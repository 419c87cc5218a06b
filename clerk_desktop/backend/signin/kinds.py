"""Which module signs in which way. Each is imported only where it is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from clerk_desktop.backend.line import Line
from clerk_desktop.backend.signin.basic import Basic
from clerk_desktop.backend.signin.certificate import Certificate
from clerk_desktop.backend.signin.protocol import SignIn
from clerk_desktop.backend.signin.ticket import Ticket
from clerk_desktop.model.account import SignInKind
from clerk_desktop.model.signing_in import Browser
from clerk_desktop.system.locks import Locks
from clerk_desktop.system.settings import OIDC_CLIENT, OIDC_ISSUER, OIDC_SCOPE, Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a way of signing in may use. ``url`` is the DMS's; ``line`` is how servers are reached; ``browser`` None
    when nobody is there.
    """

    url: str
    line: Line
    settings: Settings
    locks: Locks
    browser: Browser | None = None


def sign_in_of(kind: SignInKind, surroundings: Surroundings) -> SignIn:
    """Return the plug-in of a kind. Raises ``WrongUsage`` when the settings lack what it needs."""
    match kind:
        case SignInKind.BASIC:
            return Basic()
        case SignInKind.TICKET:
            return Ticket(surroundings.url, surroundings.line)
        case SignInKind.CERTIFICATE:
            return Certificate(surroundings.line)
        case SignInKind.OIDC:
            from clerk_desktop.backend.signin.oidc.provider import Client, Provider
            from clerk_desktop.backend.signin.oidc.way import Oidc

            told = surroundings.settings
            client = Client(
                issuer=told.value(OIDC_ISSUER), client_id=told.value(OIDC_CLIENT), scope=told.value(OIDC_SCOPE)
            )
            return Oidc(Provider(client, surroundings.line), surroundings.locks, surroundings.browser)
        case _:
            assert_never(kind)
