"""How marks are called, as English sources; ``system.texts`` translates them."""

from __future__ import annotations

from clerk_desktop.model.annotation import MarkKind
from clerk_desktop.model.texts import N_

MARKS = {
    MarkKind.HIGHLIGHT: N_("Highlighted text"),
    MarkKind.UNDERLINE: N_("Underlined text"),
    MarkKind.STRIKEOUT: N_("Struck-out text"),
    MarkKind.NOTE: N_("Note"),
    MarkKind.FREE_TEXT: N_("Text"),
    MarkKind.INK: N_("Freehand"),
    MarkKind.SQUARE: N_("Rectangle"),
    MarkKind.LINE: N_("Arrow"),
    MarkKind.STAMP: N_("Stamp"),
    MarkKind.OTHER: N_("Mark"),
}
