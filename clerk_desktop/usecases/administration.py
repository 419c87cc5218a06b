"""What an administrator does before clerks begin: looks at a server, and puts our types there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from clerk_desktop.backend.port import Administrator
from clerk_desktop.model.account import Account
from clerk_desktop.model.administration import Examination, TypeReport
from clerk_desktop.model.signing_in import SignInRequest

Enter = Callable[[SignInRequest | Account], AbstractContextManager[Administrator]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Administration:
    """``enter`` connects for administration: as an account of this profile, or as somebody of whom nothing is kept."""

    enter: Enter

    def check(self, who: SignInRequest | Account) -> Examination:
        """Look at a server. Raises ``ServerError``, ``WrongUsage``."""
        with self.enter(who) as administrator:
            return administrator.examine()

    def install_types(self, who: SignInRequest | Account) -> tuple[TypeReport, ...]:
        """Create our types where they are absent and the server allows it. Raises ``ServerError``, ``WrongUsage``."""
        with self.enter(who) as administrator:
            return administrator.install_types()
