"""Signing in and out. One profile belongs to one account; its secret never leaves the credential store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clerk_desktop.model.account import Account
from clerk_desktop.model.errors import NotSignedIn, ProfileOfAnother, UnsentWork
from clerk_desktop.store.store import Store
from clerk_desktop.system.secrets import SecretStore

PASSWORD = "password"  # noqa: S105 - the name under which the secret is kept


@dataclass(frozen=True, kw_only=True, slots=True)
class SignInRequest:
    """What a person enters. ``repository`` "" takes the only one; ``mapping`` names a DMS mapping."""

    url: str
    user: str
    password: str
    repository: str = ""
    mapping: str = "embedded"


SignIn = Callable[[SignInRequest], Account]


@dataclass(frozen=True, kw_only=True, slots=True)
class Accounts:
    """The profile's account. ``sign_in`` asks the server; ``destroy`` ends the profile's key and cache."""

    store: Store
    secrets: SecretStore
    sign_in: SignIn
    destroy: Callable[[], None]

    def current(self) -> Account | None:
        """Return the account, None before the first sign-in."""
        with self.store.read() as session:
            return session.account.get()

    def log_in(self, request: SignInRequest) -> Account:
        """Sign in and keep the secret. Raises ``ServerError``, ``WrongUsage``, ``ProfileOfAnother``."""
        known = self.current()
        if known and (known.url, known.user) != (request.url, request.user):
            raise ProfileOfAnother
        account = self.sign_in(request)
        self.secrets.put(PASSWORD, request.password)
        with self.store.write() as session:
            session.account.put(account)
        return account

    def credentials(self) -> tuple[Account, str]:
        """Return account and password. Raises ``NotSignedIn``."""
        account = self.current()
        password = self.secrets.get(PASSWORD) if account else None
        if account is None or password is None:
            raise NotSignedIn
        return account, password

    def log_out(self, *, purge: bool = False, discard_unsent: bool = False) -> None:
        """Forget the secret; with ``purge`` destroy key and cache. Raises ``UnsentWork``: then nothing was done."""
        if purge and not discard_unsent:
            with self.store.read() as session:
                count = session.outbox.count()
            if count.waiting + count.needs_help:
                raise UnsentWork(count=count.waiting + count.needs_help)
        self.secrets.remove(PASSWORD)
        if purge:
            self.destroy()
