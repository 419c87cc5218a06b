"""What was changed on both sides: shown side by side until a clerk decides. Nothing of either side is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.ids import OperationId

CASE_OF_DOCUMENT = "case"


class Side(Enum):
    """Whose version is kept."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldConflict:
    """One field in both versions, in the text form of ``model.editing``.

    ``field`` is the value of a ``CaseField`` or ``DocumentField``, or ``CASE_OF_DOCUMENT``; then the texts are case
    ids, "" for the inbox, and ``mine_number`` and ``theirs_number`` their numbers. ``by``: the account that made their
    version, "" where nothing tells; ``at``: when, aware.
    """

    field: str
    mine: str
    theirs: str
    by: str = ""
    at: datetime | None = None
    mine_number: str = ""
    theirs_number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """An unsent change that cannot be sent by itself.

    ``gone``: the object is no longer on the server, or not visible; then ``fields`` tells only my side.
    ``can_keep_mine`` is False where my version cannot be made anew on the server, because its content is not here.
    """

    operation_id: OperationId
    object_id: str
    kind: ChangeKind
    fields: tuple[FieldConflict, ...]
    gone: bool = False
    can_keep_mine: bool = True
