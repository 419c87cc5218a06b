"""What letters say, apart from how they look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clerk_desktop.demo.letters.sheet import Ink

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
DEAR_ALL = "Sehr geehrte Damen und Herren,"
KIND_REGARDS = "Mit freundlichen Grüßen"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of an invoice; ``price`` for one, in cents."""

    text: str
    count: int
    unit: str
    price: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field of a form: a label and what was filled in, or choices of which some are ticked."""

    label: str
    value: str = ""
    choices: tuple[str, ...] = ()
    ticked: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A headed part of a form; each inner tuple is one row of fields."""

    title: str
    rows: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """A letter. ``sender`` and ``recipient`` are address lines, names first; ``references`` labels with values.

    A paragraph that begins with "– " is a list item, one that begins with "# " a heading.
    """

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    day: date
    subject: str
    body: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    contact: tuple[tuple[str, str], ...] = ()
    place: str = ""
    salutation: str = DEAR_ALL
    closing: str = KIND_REGARDS
    signed: str = ""
    enclosures: tuple[str, ...] = ()
    footer: tuple[tuple[str, ...], ...] = ()
    accent: Ink = (30, 60, 110)
    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()
    stamp: tuple[str, str, str] | None = None

    @property
    def text(self) -> str:
        """What stands in the letter word for word: subject, body, filled fields, invoice rows."""
        filled = [field.value for section in self.sections for row in section.rows for field in row if field.value]
        body = [part.removeprefix("– ").removeprefix("# ") for part in self.body]
        return "\n".join([self.subject, *body, *filled, *(row.text for row in self.rows)])


def long_date(day: date) -> str:
    """Return a day as people write it in a letter: 3. November 2026."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return a day as offices write it: 03.11.2026 (DIN 5008)."""
    return f"{day:%d.%m.%Y}"


def money(cents: int) -> str:
    """Return an amount as invoices print it: 1.234,56."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", ".") + f",{rest:02d}"
