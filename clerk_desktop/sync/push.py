"""Drains the outbox, in order per object. Only the kind of a failure decides what follows.

One failing object never blocks the others. When an operation fails with something that may heal, the server is asked
a small question: if it answers, the operation is to blame and waits alone; if not, the round ends and no operation is
blamed for a server that is away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import assert_never

from clerk_desktop.model.errors import (
    ClerkError,
    ContentDamaged,
    FailureKind,
    MarksRefused,
    NotKnown,
    ServerBusy,
    ServerError,
    WrongUsage,
)
from clerk_desktop.model.ids import OperationId
from clerk_desktop.model.outbox import (
    AddEvent,
    CreateCase,
    DepositDocument,
    FileDocument,
    Operation,
    OutboxEntry,
    OutboxState,
    PutAnnotations,
    SetAsideDocument,
    UpdateCase,
    UpdateDocument,
)
from clerk_desktop.sync import retry
from clerk_desktop.sync.channel import Channel
from clerk_desktop.sync.operations import (
    add_event,
    create_case,
    deposit_document,
    file_document,
    put_annotations,
    set_aside_document,
    update_case,
    update_document,
)
from clerk_desktop.sync.reports import PushReport
from clerk_desktop.sync.witness import Step

BATCH = 50
# what can be wrong with one operation and with no connection: its content is lost or damaged, its text is no value,
# the server's file of marks is none
OWN_FAULTS = (NotKnown, ContentDamaged, WrongUsage, MarksRefused)
SOME_DAY = datetime(9999, 1, 1, tzinfo=UTC)
log = logging.getLogger(__name__)


def title(operation: Operation) -> str:
    """Say what an operation does: an English source text for gettext."""
    match operation:
        case DepositDocument():
            return deposit_document.TITLE
        case FileDocument():
            return file_document.TITLE
        case UpdateDocument():
            return update_document.TITLE
        case CreateCase():
            return create_case.TITLE
        case UpdateCase():
            return update_case.TITLE
        case AddEvent():
            return add_event.TITLE
        case PutAnnotations():
            return put_annotations.TITLE
        case SetAsideDocument():
            return set_aside_document.TITLE
        case _:
            assert_never(operation)


@dataclass(kw_only=True)
class Push:
    """One round of sending. ``jitter`` gives random numbers from 0 to 1."""

    channel: Channel
    jitter: Callable[[], float]
    tried: set[OperationId] = field(default_factory=set)
    sent: int = 0
    postponed: int = 0
    held: int = 0

    def run(self, *, impatient: bool = False) -> PushReport:
        """Send what is due; ``impatient``: also what was to be tried later. Each operation is tried once."""
        due = SOME_DAY if impatient else self.channel.now
        while batch := self._batch(due):
            for entry in batch:
                stopped = self._try(entry)
                if stopped is not None:
                    return self._report(stopped)
        return self._report(None)

    def _report(self, stopped: ClerkError | None) -> PushReport:
        return PushReport(sent=self.sent, postponed=self.postponed, held=self.held, stopped=stopped)

    def _batch(self, due: datetime) -> list[OutboxEntry]:
        with self.channel.store.read() as session:
            ready = session.outbox.ready(due, BATCH + len(self.tried))
        return [entry for entry in ready if entry.operation_id not in self.tried]

    def _try(self, entry: OutboxEntry) -> ClerkError | None:
        self.tried.add(entry.operation_id)
        if not self.channel.waits_still(entry.operation_id):
            return None
        self.channel.witness(Step.SENDING, entry.operation_id)
        try:
            self._send(entry)
        except (ServerError, *OWN_FAULTS) as error:
            return self._failed(entry, error)
        self.sent += 1
        return None

    def _send(self, entry: OutboxEntry) -> None:
        channel, operation = self.channel, entry.operation
        match operation:
            case DepositDocument():
                deposit_document.send(channel, entry, operation)
            case FileDocument():
                file_document.send(channel, entry, operation)
            case UpdateDocument():
                update_document.send(channel, entry, operation)
            case CreateCase():
                create_case.send(channel, entry, operation)
            case UpdateCase():
                update_case.send(channel, entry, operation)
            case AddEvent():
                add_event.send(channel, entry, operation)
            case PutAnnotations():
                put_annotations.send(channel, entry, operation)
            case SetAsideDocument():
                set_aside_document.send(channel, entry, operation)
            case _:
                assert_never(operation)

    def _failed(self, entry: OutboxEntry, error: ClerkError) -> ClerkError | None:
        """Note the failure on the operation; return it when the whole round must stop."""
        log.info("not sent: %s", type(error).__name__, extra={"action": "push"})
        if error.kind is FailureKind.RETRY_LATER:
            away = self.channel.why_away()
            if away is not None:
                return away
        after = retry.next_step(
            error.kind,
            attempts=entry.attempts,
            retry_after=error.retry_after if isinstance(error, ServerBusy) else 0,
            now=self.channel.now,
            jitter=self.jitter(),
        )
        name = type(error).__name__
        with self.channel.store.write() as session:
            if session.outbox.get(entry.operation_id) is None:
                return None
            match after:
                case retry.TryAgain(at=at):
                    session.outbox.postpone(entry.operation_id, name, error.kind, at)
                    self.postponed += 1
                case retry.Hold(state=state):
                    session.outbox.hold(entry.operation_id, name, error.kind, _kept(entry.operation, state))
                    self.held += 1
                case retry.SignInFirst():
                    return error
        return None


def _kept(operation: Operation, state: OutboxState) -> OutboxState:
    """Let what creates an object keep later work on it waiting; a conflict of anything else blocks nothing."""
    return OutboxState.NEEDS_CLERK if isinstance(operation, DepositDocument | CreateCase) else state
