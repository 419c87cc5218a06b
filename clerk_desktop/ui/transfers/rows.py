"""The rows of the transfers: scanned files and unsent changes, in the clerk's words."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.errors import named
from clerk_desktop.model.ledger import HELD, FileState
from clerk_desktop.model.outbox import OutboxEntry, OutboxState
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.icons import Icon
from clerk_desktop.ui.inbox.rows import file_name, reason
from clerk_desktop.ui.two_lines import TwoLines
from clerk_desktop.ui.words import moment_text
from clerk_desktop.usecases.transfer_words import UNSENT, operation_text
from clerk_desktop.usecases.transfers import About, FileTransfer

STATES = {
    FileState.SEEN: N_("being written"),
    FileState.CLAIMED: N_("taken in, waits to be read"),
    FileState.UNDERSTOOD: N_("read"),
    FileState.QUEUED: N_("waits to be sent"),
    FileState.DEPOSITED: N_("sent, waits for confirmation"),
    FileState.CONFIRMED: N_("on the server, confirmed"),
    FileState.QUARANTINED: N_("not taken in"),
    FileState.DUPLICATE: N_("duplicate"),
}


@dataclass(frozen=True, slots=True)
class Moving:
    """A scanned file."""

    transfer: FileTransfer

    @property
    def key(self) -> str:
        """What stays the same while the row lives."""
        return self.transfer.file.file_id

    @property
    def needs_help(self) -> bool:
        """Whether somebody must decide."""
        return self.transfer.file.state in HELD and self.transfer.file.discarded_at is None


@dataclass(frozen=True, slots=True)
class Unsent:
    """A change that is not on the server yet, and what it is about."""

    entry: OutboxEntry
    about: About | None = None

    @property
    def key(self) -> str:
        """What stays the same while the row lives."""
        return self.entry.operation_id

    @property
    def needs_help(self) -> bool:
        """Whether somebody must decide."""
        return self.entry.state is not OutboxState.WAITING


TransferRow = Moving | Unsent


def line(row: TransferRow, texts: Texts) -> TwoLines:
    """Return how a row is shown."""
    if isinstance(row, Moving):
        symbol = Icon.ATTENTION if row.needs_help else Icon.DONE if _is_done(row) else Icon.SCAN
        title, details = file_name(row.transfer.file), _file_details(row.transfer, texts)
    else:
        symbol = Icon.ATTENTION if row.needs_help else Icon.TRANSFERS
        title, details = operation_text(row.entry.operation, texts), _entry_details(row.entry, texts)
        title = f"{title}  ·  {row.about.text}" if row.about is not None else title
    return TwoLines(key=row.key, title=title, details=details, symbol=symbol, help=row.needs_help)


def error_text(name: str, texts: Texts) -> str:
    """Say what went wrong from the name of its class, "" for nothing."""
    return texts.sentence(named(name)) if name else ""


def _is_done(row: Moving) -> bool:
    file = row.transfer.file
    return file.state is FileState.CONFIRMED or file.discarded_at is not None


def _file_details(transfer: FileTransfer, texts: Texts) -> str:
    file = transfer.file
    state = texts.gettext("given up") if file.discarded_at is not None else texts.gettext(STATES[file.state])
    parts = [moment_text(file.seen_at), state]
    if file.state in HELD:
        parts.append(reason(file, texts))
    if transfer.to_compare:
        parts.append(texts.gettext("to be compared with its paper"))
    parts += [part.case_number for part in transfer.parts if part.case_number]
    return "  ·  ".join(part for part in parts if part)


def _entry_details(entry: OutboxEntry, texts: Texts) -> str:
    parts = [moment_text(entry.created_at), texts.gettext(UNSENT[entry.state]), error_text(entry.error, texts)]
    if entry.next_try is not None:
        parts.append(texts.gettext("next try {moment}").format(moment=moment_text(entry.next_try)))
    return "  ·  ".join(part for part in parts if part)
