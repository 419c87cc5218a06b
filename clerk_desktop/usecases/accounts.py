"""Signing in and out. One profile belongs to one account; its secret never leaves the credential store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from clerk_desktop.model.account import Account
from clerk_desktop.model.errors import (
    DiskFull,
    KeyringMissing,
    NotSignedIn,
    PasswordStays,
    ProfileOfAnother,
    SignOutHalfDone,
    StoreError,
    UnsentWork,
)
from clerk_desktop.store.store import Store
from clerk_desktop.system.secrets import Secret, SecretStore, Unkept
from clerk_desktop.usecases.people import names, town_of

if TYPE_CHECKING:
    from clerk_desktop.model.signing_in import MappingName, SignInRequest

SignIn = Callable[["SignInRequest", SecretStore], Account]


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Whose the profile is. ``name`` and ``town`` are "" where the office's lists do not tell them (yet);
    ``signed_out``: nothing may be shown before the same account signed in again.
    """

    account: Account
    name: str
    town: str
    signed_out: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Accounts:
    """The profile's account. ``sign_in`` asks the server and puts what later connections need into the given store,
    ``sign_out`` tells it that they are no longer needed; ``certificate_locked`` tells whether the workstation's own
    certificate wants a passphrase; ``mappings`` names the DMS mappings there are; ``let_go`` removes the content that
    was let go, and plain copies; ``make_room`` removes them, and all else that the server has, on a full disk;
    ``alone`` keeps other processes from working with the profile or raises ``StillAtWork``; ``destroy`` ends the
    profile's key and cache.
    """

    store: Store
    secrets: SecretStore
    sign_in: SignIn
    sign_out: Callable[[Account], None]
    certificate_locked: Callable[[], bool]
    mappings: Callable[[], tuple[MappingName, ...]]
    let_go: Callable[[], None]
    make_room: Callable[[], None]
    alone: Callable[[], AbstractContextManager[object]]
    destroy: Callable[[], None]

    def current(self) -> Account | None:
        """Return the account, None before the first sign-in."""
        with self.store.read() as session:
            return session.account.get()

    def holder(self) -> Holder | None:
        """Return whose the profile is, None before the first sign-in."""
        with self.store.read() as session:
            account = session.account.get()
            if account is None:
                return None
            town = town_of(session)
            return Holder(
                account=account,
                name=names(session).get(account.user, ""),
                town=town.title if town else "",
                signed_out=session.account.is_signed_out(),
            )

    def log_in(self, request: SignInRequest) -> Account:
        """Sign in and keep the secrets. Raises ``ServerError``, ``WrongUsage``, ``ProfileOfAnother``."""
        known = self.current()
        if known and (known.url, known.user) != (request.url, request.user or known.user):
            raise ProfileOfAnother
        fresh = Unkept()
        account = self.sign_in(request, fresh)
        if known and known.user != account.user:
            raise ProfileOfAnother
        for name in Secret:
            secret = fresh.get(name)
            if secret is None:
                self.secrets.remove(name)
            else:
                self.secrets.put(name, secret)
        with self.store.write() as session:
            session.account.put(account)
        return account

    def signed_in(self) -> Account:
        """Return the account. Raises ``NotSignedIn`` before the first sign-in, and after it signed out."""
        with self.store.read() as session:
            account = session.account.get()
            if account is None or session.account.is_signed_out():
                raise NotSignedIn
        return account

    def unsent(self) -> int:
        """Return how many changes were not sent yet."""
        with self.store.read() as session:
            count = session.outbox.count()
        return count.waiting + count.needs_help

    def log_out(self, *, purge: bool = False, discard_unsent: bool = False) -> None:
        """Forget the secrets, pins and the content that the server has; with ``purge`` destroy key and cache.

        Raises ``UnsentWork``, ``StillAtWork``: then nothing was done. ``SignOutHalfDone``, ``PasswordStays``: all was
        done but what they name; with ``purge`` it is ``KeyringMissing``, and key and cache are as before.
        """
        if purge:
            self._purge(discard_unsent=discard_unsent)
            return
        account = self.current()
        failures = list[StoreError]()
        steps: list[Callable[[], None]] = [
            partial(self._let_go_of_all, account),
            partial(self._tell, account),
            *(partial(self.secrets.remove, name) for name in Secret),
            self.let_go,
        ]
        for step in steps:
            try:
                self._with_room(step)
            except StoreError as error:  # the others may go all the same
                failures.append(error)
        if any(isinstance(failure, DiskFull) for failure in failures):
            raise SignOutHalfDone
        for failure in failures:
            if isinstance(failure, KeyringMissing):
                raise PasswordStays from failure
            raise failure

    def _purge(self, *, discard_unsent: bool) -> None:
        if not discard_unsent and (count := self.unsent()):
            raise UnsentWork(count=count)
        with self.alone():
            self._tell(self.current())
            for name in Secret:
                with suppress(DiskFull):  # what lies in the store goes with it
                    self.secrets.remove(name)
            self.destroy()

    def _with_room(self, step: Callable[[], None]) -> None:
        """Do it; where there is no room, once more after all went that may go. Raises ``DiskFull``."""
        try:
            step()
        except DiskFull:
            self.make_room()
            step()

    def _tell(self, account: Account | None) -> None:
        if account is not None:
            self.sign_out(account)

    def _let_go_of_all(self, account: Account | None) -> None:
        """From here on it is signed out, whatever becomes of this process."""
        with self.store.write() as session:
            for pin in session.pins.all():
                session.pins.remove(pin.case_id)
            session.contents.let_all_go()
            if account is not None:
                session.account.sign_out()
