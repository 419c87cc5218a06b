"""The change feed: what every window and command learns about writes of any process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ChangeKind(Enum):
    """What kind of thing changed in the store."""

    CASE = "case"
    DOCUMENT = "document"
    EVENT = "event"
    ANNOTATIONS = "annotations"
    FILE = "file"
    OUTBOX = "outbox"
    FOLDER = "folder"
    ACCOUNT = "account"
    SYNC = "sync"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One entry of the feed; ``seq`` grows by commit."""

    seq: int
    kind: ChangeKind
    object_id: str
