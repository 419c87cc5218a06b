"""Keeping users: name, salted hash of the password, role, town. Passwords themselves are never kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from clerk_desktop.server.repository.database import Transaction
from clerk_desktop.server.rights import Role, User


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A user with what the password is checked against."""

    user: User
    salt: bytes = field(repr=False)
    hash: bytes = field(repr=False)
    cost: int


def find_account(transaction: Transaction, name: str) -> Account | None:
    """Return the account of a user name, or None."""
    row = transaction.row("SELECT * FROM user WHERE name = ?", (name,))
    if row is None:
        return None
    user = User(name=row["name"], role=Role(row["role"]), municipality=row["municipality"])
    return Account(user=user, salt=row["salt"], hash=row["hash"], cost=row["cost"])


def keep_account(transaction: Transaction, account: Account) -> None:
    """Add an account or replace the one of the same name."""
    user = account.user
    transaction.run(
        "INSERT OR REPLACE INTO user(name, salt, hash, cost, role, municipality) VALUES (?, ?, ?, ?, ?, ?)",
        (user.name, account.salt, account.hash, account.cost, user.role.value, user.municipality),
    )


def remove_account(transaction: Transaction, name: str) -> bool:
    """Remove an account; returns whether there was one."""
    return transaction.run("DELETE FROM user WHERE name = ?", (name,)) > 0


def user_names(transaction: Transaction) -> list[str]:
    """Return all user names, sorted."""
    return [row["name"] for row in transaction.rows("SELECT name FROM user ORDER BY name")]
