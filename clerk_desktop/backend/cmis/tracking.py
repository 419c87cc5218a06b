"""Following what changes on the server: its change log (CMIS 1.1, 2.1.15)."""

from __future__ import annotations

import msgspec

from clerk_desktop.backend.cmis import wire
from clerk_desktop.backend.cmis.repository import Repository
from clerk_desktop.backend.cmis.wire import LogEntry
from clerk_desktop.model.errors import AbilityMissing, BadAnswer, RequestRefused
from clerk_desktop.model.remote import ChangePage, RemoteChange, RemoteChangeKind, Strategy
from clerk_desktop.system.decoding import decoder

DELETED = "deleted"


class _Token(msgspec.Struct, frozen=True, array_like=True):
    """The server's token, and the last entry seen with it."""

    token: str
    object_id: str = ""
    change_type: str = ""
    at: int = 0


class Tracking:
    """Reads the change log.

    A server repeats the entry of the token it is asked with as the first one - if the user may see it. It is
    therefore known by what it says and not by its place: the token kept by the caller holds that entry as well.
    """

    def __init__(self, repository: Repository, strategy: Strategy) -> None:
        self._repository = repository
        self._strategy = strategy

    def change_token(self) -> str:
        """Return the token of the newest entry. Raises ``AbilityMissing`` on a server without a change log."""
        self._demand_log()
        token = self._repository.info().latest_change_log_token
        return _written(_Token("" if token is None else str(token)))

    def changes(self, token: str, limit: int) -> ChangePage:
        """Return the changes after ``token``. Raises ``RequestRefused`` when the log does not reach back there."""
        self._demand_log()
        last = _read(token)
        page = self._repository.changes(last.token, limit + 1)
        entries = page.entries
        if entries and entries[0] == LogEntry(last.object_id, last.change_type, last.at):
            entries = entries[1:]
        if page.more and page.token in ("", last.token):
            raise BadAnswer(what="changeLogToken")
        if page.entries:
            newest = page.entries[-1]
            last = _Token(page.token or last.token, newest.object_id, newest.change_type, newest.at)
        elif page.token:
            last = _Token(page.token)
        changes = tuple(_change(entry) for entry in entries)
        return ChangePage(changes=changes, token=_written(last), more=page.more)

    def _demand_log(self) -> None:
        if self._strategy is not Strategy.CHANGE_LOG:
            raise AbilityMissing


def _change(entry: LogEntry) -> RemoteChange:
    at = wire.moment({"at": entry.at}, "at")
    if at is None or not entry.object_id:
        raise BadAnswer(what="changeEventInfo")
    kind = RemoteChangeKind.DELETED if entry.change_type == DELETED else RemoteChangeKind.CHANGED
    return RemoteChange(server_id=entry.object_id, kind=kind, at=at)


def _written(token: _Token) -> str:
    return msgspec.json.encode(token).decode()


def _read(token: str) -> _Token:
    try:
        return decoder(_Token).decode(token.encode())
    except (msgspec.MsgspecError, RecursionError) as error:
        raise RequestRefused from error
