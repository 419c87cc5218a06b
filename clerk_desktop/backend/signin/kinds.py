"""Which module signs in which way."""

from __future__ import annotations

from typing import assert_never

from clerk_desktop.backend.line import Line
from clerk_desktop.backend.signin.basic import Basic
from clerk_desktop.backend.signin.certificate import Certificate
from clerk_desktop.backend.signin.protocol import SignIn
from clerk_desktop.model.account import SignInKind


def sign_in_of(kind: SignInKind, line: Line) -> SignIn:
    """Return the plug-in of a kind. ``line`` is how servers are reached."""
    match kind:
        case SignInKind.BASIC:
            return Basic()
        case SignInKind.CERTIFICATE:
            return Certificate(line)
        case _:
            assert_never(kind)
