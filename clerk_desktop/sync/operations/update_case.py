"""Sends changed fields of a case."""

from __future__ import annotations

from typing import Final

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.editing import CaseChange, case_text, changed_case
from clerk_desktop.model.outbox import OutboxEntry, UpdateCase
from clerk_desktop.model.remote import RemoteCase
from clerk_desktop.sync.channel import Channel

TITLE: Final = "Send changes of a case"


def send(channel: Channel, entry: OutboxEntry, operation: UpdateCase) -> None:
    """Send until it was made on the newest state. Raises ``ServerError``."""

    def attempt(known: Baseline) -> bool:
        needed = still_needed(known, operation.changes)
        if not needed:
            channel.finish(entry.operation_id)
            return True
        remote = channel.backend.update_case(as_seen(known), needed)
        channel.keep(remote, operation.case_id, finish=entry.operation_id)
        return True

    channel.against_others(operation.case_id, entry, attempt)


def as_seen(known: Baseline) -> RemoteCase:
    """Return a case as the server was last seen to have it."""
    assert known.case is not None
    return RemoteCase(ref=known.ref, case=known.case)


def still_needed(known: Baseline, changes: tuple[CaseChange, ...]) -> tuple[CaseChange, ...]:
    """Return the changes that the server does not show yet: none when all was done already."""
    assert known.case is not None
    wanted = changed_case(known.case, changes)
    texts = {change.field: case_text(wanted, change.field) for change in changes}
    return tuple(
        CaseChange(field=field, text=text) for field, text in texts.items() if case_text(known.case, field) != text
    )
