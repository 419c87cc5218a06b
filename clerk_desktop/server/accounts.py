"""Users and their passwords: scrypt (RFC 7914) for keeping, a memory of verified credentials for speed.

The memory holds keyed hashes only, bound to the stored hash: a changed password or role counts from the next request.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Mapping

from clerk_desktop.server.faults import NotAuthenticated, invalid
from clerk_desktop.server.repository.database import Database
from clerk_desktop.server.repository.users import Account, find_account, keep_account, remove_account, user_names
from clerk_desktop.server.rights import Role, User

PASSWORD_COST = 1 << 14
"""The N of scrypt: with r = 8, 16 MB and some 50 ms for each password that is checked."""
_BLOCK, _PARALLEL = 8, 1
_REMEMBERED = 1000


class Accounts:
    """The users of one data folder. ``towns`` maps the key of each town to its title."""

    def __init__(self, database: Database, towns: Mapping[str, str], *, cost: int = PASSWORD_COST) -> None:
        self._database = database
        self._towns = towns
        self._cost = cost
        self._secret = secrets.token_bytes(32)
        self._verified: dict[str, tuple[bytes, bytes]] = {}
        self._one_at_a_time = threading.Lock()

    def add_user(self, name: str, password: str, *, role: Role, municipality: str | None = None) -> User:
        """Add a user, or change the one of that name. ``municipality`` is a town's key or title.

        Raises ``Fault`` (invalidArgument) for an unknown town, a missing one (only administrators have none), an empty
        password, or a name with a colon, which Basic authentication (RFC 7617) cannot carry.
        """
        if not name or ":" in name or not name.isprintable() or not password:
            raise invalid("A user needs a name without a colon, and a password.")
        title = None if municipality is None else self._title(municipality)
        if title is None and role is not Role.ADMIN:
            raise invalid("Only administrators have no municipality.")
        user = User(name=name, role=role, municipality=title)
        salt = secrets.token_bytes(16)
        account = Account(user=user, salt=salt, hash=_hash(password, salt, self._cost), cost=self._cost)
        with self._database.writing() as transaction:
            keep_account(transaction, account)
        return user

    def remove_user(self, name: str) -> bool:
        """Remove a user; returns whether there was one."""
        with self._database.writing() as transaction:
            return remove_account(transaction, name)

    def names(self) -> list[str]:
        """Return the names of all users."""
        with self._database.reading() as transaction:
            return user_names(transaction)

    def authenticate(self, name: str, password: str) -> User:
        """Return the user with this name and password. Raises ``NotAuthenticated``."""
        with self._database.reading() as transaction:
            account = find_account(transaction, name)
        if account is None:
            # an unknown name takes as long as a wrong password
            self._hash_slowly(password, b"nobody has this salt", self._cost)
            raise NotAuthenticated
        mark = hmac.digest(self._secret, password.encode(), "sha256")
        known = self._verified.get(name)
        if known is not None and known[0] == account.hash and hmac.compare_digest(known[1], mark):
            return account.user
        if not hmac.compare_digest(self._hash_slowly(password, account.salt, account.cost), account.hash):
            raise NotAuthenticated
        if len(self._verified) >= _REMEMBERED:
            self._verified.clear()
        self._verified[name] = (account.hash, mark)
        return account.user

    def _hash_slowly(self, password: str, salt: bytes, cost: int) -> bytes:
        with self._one_at_a_time:  # so that guessing cannot take all cores and 16 MB per request
            return _hash(password, salt, cost)

    def _title(self, key_or_title: str) -> str:
        wanted = key_or_title.strip().casefold()
        for key, title in self._towns.items():
            if wanted in (key.casefold(), title.casefold()):
                return title
        raise invalid("There is no such municipality.")


def _hash(password: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=_BLOCK, p=_PARALLEL, dklen=32)
