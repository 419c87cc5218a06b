"""The letters of the inbox that came in one scan, in their order."""

from __future__ import annotations

from collections.abc import Sequence

from clerk_desktop.ui.inbox.rows import InboxRow, Waiting


def scanned_together(rows: Sequence[InboxRow], row: Waiting) -> list[Waiting]:
    """Return the letters of the scan that ``row`` came in, itself among them."""
    key = row.item.stack.key if row.item.stack is not None else ""
    letters = (each for each in rows if isinstance(each, Waiting) and each.item.stack is not None)
    return [each for each in letters if each.item.stack is not None and each.item.stack.key == key] or [row]


def neighbour(rows: Sequence[InboxRow], row: Waiting, step: int) -> Waiting | None:
    """Return the letter so many steps behind ``row`` in its scan, None where there is none."""
    letters = scanned_together(rows, row)
    places = [each.key for each in letters]
    at = places.index(row.key) + step if row.key in places else -1
    return letters[at] if 0 <= at < len(letters) else None
