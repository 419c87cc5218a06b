"""Looks at single objects of the server, and at what each of them leads to; takes nothing in."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field

from clerk_desktop.model.errors import Missing, PermissionDenied, ServerError
from clerk_desktop.model.event import EventKind
from clerk_desktop.model.remote import RemoteDocument, RemoteEvent, RemoteObject, Strategy
from clerk_desktop.sync.absorb import at
from clerk_desktop.sync.channel import Channel

log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Gathered:
    """What was asked from the server for one page. ``gone`` and ``unread`` are server ids."""

    states: dict[str, RemoteObject] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    not_ours: bool = False


class Asking:
    """The looks of one page; ``found`` is what they brought."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._moves_are_told = channel.backend.capabilities().tracking is Strategy.CHANGE_LOG
        self.found = Gathered()

    def ask_all(self, server_ids: Iterable[str]) -> None:
        """Look at objects. Raises ``ServerError`` when the connection fails, not when one object does."""
        for server_id in server_ids:
            self._ask(server_id)

    def _ask(self, server_id: str) -> None:
        """Fetch one object; with a document a case that is not known yet, with a vanished case what lay in it."""
        found = self.found
        if server_id in found.states or server_id in found.gone:
            return
        try:
            remote = self._channel.backend.fetch(server_id)
        except (Missing, PermissionDenied):
            found.gone.append(server_id)
            self.ask_all(self._children(server_id))
            return
        except ServerError as error:
            self._channel.unless_away(error)
            log.warning("one object cannot be read: %s", type(error).__name__, extra={"action": "pull"})
            found.unread.append(server_id)
            return
        if remote is None:
            found.not_ours = True
            return
        found.states[server_id] = remote
        folder = remote.ref.parent_id
        if isinstance(remote, RemoteDocument) and folder and not self._channel.knows_folder(folder):
            self._ask(folder)
            if folder not in found.states:
                self._channel.other_folders.add(folder)
        if isinstance(remote, RemoteEvent) and not self._moves_are_told:
            self._ask_what_was_filed(remote)

    def _ask_what_was_filed(self, remote: RemoteEvent) -> None:
        """Fetch the letter of an event that tells of its filing: on some servers a move counts as no change."""
        event = remote.event
        if event.kind is not EventKind.FILED or event.document_id is None:
            return
        with self._channel.store.read() as session:
            known = session.baselines.get(event.document_id)
        if known is not None and known.ref.server_id:
            self._ask(known.ref.server_id)

    def _children(self, server_id: str) -> list[str]:
        with self._channel.store.read() as session:
            folder = at(session, server_id)
            ids = {server_id, folder.ref.server_id, folder.ref.series_id} if folder else {server_id}
            return [child.ref.server_id for each in sorted(ids) for child in session.baselines.children(each)]
