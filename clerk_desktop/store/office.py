"""What there is once per profile: account, the office's templates, where synchronising stands."""

from __future__ import annotations

from datetime import datetime

from clerk_desktop.model.account import Account, Template
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.store.rows import shape
from clerk_desktop.store.statements import Statements

TOKEN, LAST_SYNC, SIGNED_OUT = "token", "last-sync", "signed-out"


class AccountRow:
    """The one account of a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements
        self._shape = shape(Account)

    def get(self) -> Account | None:
        """Return who is signed in, None when nobody is."""
        row = self._db.one(f"SELECT {self._shape.names} FROM account")  # noqa: S608 - our names
        return None if row is None else self._shape.value(row)

    def is_signed_out(self) -> bool:
        """Tell whether the account signed out: it is still the profile's, but must sign in before anything is shown."""
        return self._db.one("SELECT 1 FROM sync_state WHERE name = ?", (SIGNED_OUT,)) is not None

    def sign_out(self) -> None:
        """Keep that the account signed out, until it is put again."""
        self._db.run("INSERT OR REPLACE INTO sync_state (name, value) VALUES (?, 'yes')", (SIGNED_OUT,))
        self._db.note(ChangeKind.ACCOUNT, "account")

    def put(self, account: Account) -> None:
        """Keep who is signed in."""
        self._db.run("DELETE FROM sync_state WHERE name = ?", (SIGNED_OUT,))
        self._db.run(
            f"INSERT OR REPLACE INTO account (one, {self._shape.names}) VALUES (1, ?, ?, ?, ?, ?)",  # noqa: S608 - ours
            self._shape.cells(account),
        )
        self._db.note(ChangeKind.ACCOUNT, "account")

    def remove(self) -> None:
        """Forget who was signed in; nobody is fine."""
        if self._db.run("DELETE FROM account"):
            self._db.note(ChangeKind.ACCOUNT, "account")


class SyncRows:
    """Where synchronising stands, in a session."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def token(self) -> str:
        """Return the change token up to which the server's changes are here, "" before the first."""
        return self._state(TOKEN)

    def set_token(self, token: str) -> None:
        """Keep the change token, in the transaction that keeps what it stands for."""
        self._set_state(TOKEN, token)

    def last_sync(self) -> datetime | None:
        """Return when everything was last synchronised, aware, UTC; None before the first time."""
        text = self._state(LAST_SYNC)
        return datetime.fromisoformat(text) if text else None

    def set_last_sync(self, at: datetime) -> None:
        """Keep when everything was synchronised."""
        if at.tzinfo is None:
            raise ValueError("a time without a zone")
        self._set_state(LAST_SYNC, at.isoformat())
        self._db.note(ChangeKind.SYNC, LAST_SYNC)

    def note(self, name: str) -> str:
        """Return what sync itself kept under a name, "" when nothing."""
        return self._state(f"note:{name}")

    def set_note(self, name: str, text: str) -> None:
        """Keep something for later passes, as which window of time was read last; "" forgets it."""
        self._set_state(f"note:{name}", text)

    def template(self, template: Template) -> bytes | None:
        """Return what the office keeps for its stations, as last fetched; None before that."""
        row = self._db.one("SELECT content FROM templates WHERE name = ?", (template.value,))
        return None if row is None else bytes(row[0])

    def set_template(self, template: Template, content: bytes) -> None:
        """Keep what was fetched."""
        self._db.run("INSERT OR REPLACE INTO templates (name, content) VALUES (?, ?)", (template.value, content))
        self._db.note(ChangeKind.SYNC, template.value)

    def forget_template(self, template: Template) -> None:
        """Forget what was fetched; what never was is fine."""
        if self._db.run("DELETE FROM templates WHERE name = ?", (template.value,)):
            self._db.note(ChangeKind.SYNC, template.value)

    def _state(self, name: str) -> str:
        row = self._db.one("SELECT value FROM sync_state WHERE name = ?", (name,))
        return "" if row is None else str(row[0])

    def _set_state(self, name: str, value: str) -> None:
        if value:
            self._db.run("INSERT OR REPLACE INTO sync_state (name, value) VALUES (?, ?)", (name, value))
        else:
            self._db.run("DELETE FROM sync_state WHERE name = ?", (name,))
