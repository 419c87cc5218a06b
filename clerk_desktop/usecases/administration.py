"""What an administrator does before clerks begin: looks at a server, and puts our types there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from clerk_desktop.backend.port import Administrator
from clerk_desktop.model.account import Account, SignInRequest
from clerk_desktop.model.administration import Examination, TypeReport

Enter = Callable[[SignInRequest | Account], AbstractContextManager[Administrator]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Administration:
    """``signed_in`` returns the profile's account or raises ``NotSignedIn``; ``enter`` connects for administration."""

    signed_in: Callable[[], Account]
    enter: Enter

    def check(self, request: SignInRequest | None = None) -> Examination:
        """Look at the server of a request, or the one that is signed in to. Raises ``ServerError``, ``WrongUsage``."""
        with self.enter(request or self.signed_in()) as administrator:
            return administrator.examine()

    def install_types(self, request: SignInRequest | None = None) -> tuple[TypeReport, ...]:
        """Create our types where they are absent and the server allows it. Raises ``ServerError``, ``WrongUsage``."""
        with self.enter(request or self.signed_in()) as administrator:
            return administrator.install_types()
