"""What could still be read of a damaged store, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from clerk_desktop.model.account import Account
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ledger import ScanFolder
from clerk_desktop.model.outbox import OutboxEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Salvaged:
    """Rows that were readable. ``complete``: all of the outbox and of what it speaks of; ``marks``: unsent ones."""

    outbox: tuple[OutboxEntry, ...] = ()
    cases: tuple[Case, ...] = ()
    documents: tuple[Document, ...] = ()
    events: tuple[Event, ...] = ()
    marks: tuple[AnnotationFile, ...] = ()
    folders: tuple[ScanFolder, ...] = ()
    account: Account | None = None
    secrets: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False


class Outcome(Enum):
    """How a rescue ended: nothing was wrong, everything was saved, or the store was begun anew."""

    WHOLE = "whole"
    REPAIRED = "repaired"
    BEGUN_ANEW = "begun-anew"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rescued:
    """What a rescue did. ``kept``: the folder of the damaged files; ``export``: where unsent work lies in plain files,
    None where there is none; ``operations``: how many; ``complete``: whether all of it could be read.
    """

    outcome: Outcome
    kept: Path | None = None
    export: Path | None = None
    operations: int = 0
    complete: bool = True
