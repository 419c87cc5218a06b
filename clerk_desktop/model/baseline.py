"""The last state of an object that the server was seen in: the ground on which edits of two people are merged."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.document import Document
from clerk_desktop.model.remote import RemoteRef


@dataclass(frozen=True, kw_only=True, slots=True)
class Baseline:
    """Where and how the server keeps one of our objects. ``case`` or ``document`` is its value there, by ``kind``."""

    object_id: str
    kind: ChangeKind
    ref: RemoteRef
    case: Case | None = None
    document: Document | None = None
