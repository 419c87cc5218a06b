"""The tools of the review, each with its key while the page has the focus (``ui.md``, "Review")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from clerk_desktop.model.annotation import BLUE, RED, YELLOW, Colour, MarkKind
from clerk_desktop.model.texts import N_
from clerk_desktop.system.settings import TOOL_KEYS, TOOL_LETTERS, Settings
from clerk_desktop.ui.icons import Icon


class Tool(Enum):
    """What the pointer does on the page; the value is its letter where nobody chose another."""

    SELECT = "V"
    HIGHLIGHT = "M"
    UNDERLINE = "U"
    STRIKEOUT = "D"
    NOTE = "N"
    FREE_TEXT = "T"
    INK = "F"
    SQUARE = "R"
    ARROW = "P"
    STAMP = "S"


@dataclass(frozen=True, slots=True)
class Look:
    """How a tool is shown, and the mark it makes. ``text`` is an English source text."""

    text: str
    icon: Icon
    kind: MarkKind | None = None
    colour: Colour | None = None
    opacity: float = 1.0


LOOKS = {
    Tool.SELECT: Look(N_("Select"), Icon.SELECT),
    Tool.HIGHLIGHT: Look(N_("Highlight"), Icon.HIGHLIGHT, MarkKind.HIGHLIGHT, YELLOW),
    Tool.UNDERLINE: Look(N_("Underline"), Icon.UNDERLINE, MarkKind.UNDERLINE, BLUE),
    Tool.STRIKEOUT: Look(N_("Strike out"), Icon.STRIKEOUT, MarkKind.STRIKEOUT, RED),
    Tool.NOTE: Look(N_("Note"), Icon.NOTE, MarkKind.NOTE, YELLOW),
    Tool.FREE_TEXT: Look(N_("Text"), Icon.FREE_TEXT, MarkKind.FREE_TEXT, None),
    Tool.INK: Look(N_("Freehand"), Icon.INK, MarkKind.INK, BLUE),
    Tool.SQUARE: Look(N_("Rectangle"), Icon.SQUARE, MarkKind.SQUARE, RED),
    Tool.ARROW: Look(N_("Arrow"), Icon.ARROW, MarkKind.LINE, RED),
    Tool.STAMP: Look(N_("Stamp"), Icon.STAMP, MarkKind.STAMP, RED),
}


def letters_of(settings: Settings) -> dict[Tool, str]:
    """Return which letters take tools, none where they are switched off (WCAG 2.1.4)."""
    return letters_said(settings.value(TOOL_LETTERS)) if settings.value(TOOL_KEYS) else {}


def letters_said(said: str) -> dict[Tool, str]:
    """Return the letter of each tool as a setting says; their own where it says nothing usable."""
    said = said.upper()  # which may be longer: ß
    usable = len(said) == len(Tool) == len(set(said)) and said.isalpha()
    return dict(zip(Tool, said if usable else [tool.value for tool in Tool], strict=True))


OVER_TEXT = (Tool.HIGHLIGHT, Tool.UNDERLINE, Tool.STRIKEOUT)
REPLY = N_("Reply")
