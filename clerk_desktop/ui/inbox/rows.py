"""The rows of the inbox: documents that wait for a clerk, and scanned files that were not taken in."""

from __future__ import annotations

from dataclasses import dataclass

from clerk_desktop.model.case import Confidentiality
from clerk_desktop.model.ids import DocumentId, FileId
from clerk_desktop.model.ledger import ScannedFile
from clerk_desktop.model.reading import kind_by_mime
from clerk_desktop.model.texts import N_
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.letter_words import kind_text
from clerk_desktop.ui.words import short_day_text
from clerk_desktop.usecases.inbox import InboxItem, Stack
from clerk_desktop.usecases.notices import notices

DUPLICATE = N_("The same letter was taken in before.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that waits to be filed."""

    item: InboxItem

    @property
    def key(self) -> str:
        """What stays the same while the row lives."""
        return self.item.document.document_id

    @property
    def document_id(self) -> DocumentId:
        """The document."""
        return self.item.document.document_id


@dataclass(frozen=True, slots=True)
class Held:
    """A scanned file that was not taken in."""

    file: ScannedFile

    @property
    def key(self) -> str:
        """What stays the same while the row lives."""
        return self.file.file_id

    @property
    def file_id(self) -> FileId:
        """The file."""
        return self.file.file_id


InboxRow = Waiting | Held


def title(row: InboxRow) -> str:
    """Return a row's first line."""
    if isinstance(row, Held):
        return file_name(row.file)
    document = row.item.document
    return document.subject or _proposed(row.item, "subject") or document.title


def details(row: InboxRow, texts: Texts) -> str:
    """Return a row's second line: since when, how long, which pages are blank, who from; or why it is held."""
    if isinstance(row, Held):
        return reason(row.file, texts)
    document = row.item.document
    sender = document.sender or _proposed(row.item, "sender")
    pages = _pages(row.item, texts)
    look = texts.gettext("▲ look closely") if attention(row, texts) else ""
    return "  ·  ".join(part for part in (look, short_day_text(document.received_on), pages, sender) if part)


def attention(row: InboxRow, texts: Texts) -> tuple[str, ...]:
    """Return what a person should look at; nothing of a protected letter, whose content shows only when asked for."""
    if isinstance(row, Held) or row.item.document.confidentiality is not Confidentiality.NORMAL:
        return ()
    return notices(row.item.suggestions, texts)


def _pages(item: InboxItem, texts: Texts) -> str:
    """Say how long a letter is, and which of its pages are blank; what it is where it has no pages."""
    document, blank = item.document, item.suggestions.blank_pages
    kind = kind_by_mime(document.mime_type)
    if kind is not None and not kind.has_pages:
        return kind_text(texts, kind)
    pages = texts.gettext("{count} p. ({blank} blank)") if blank else texts.gettext("{count} p.")
    return pages.format(count=document.page_count, blank=", ".join(map(str, blank)))


def stack_heading(stack: Stack, texts: Texts) -> tuple[str, str]:
    """Return what a stack is called, and how much it held."""
    name = texts.gettext("Scan {time}").format(time=f"{stack.scanned_at.astimezone():%H:%M}")
    pages = texts.gettext("{count} p.").format(count=stack.pages)
    letters = texts.ngettext("{count} letter", "{count} letters", stack.letters).format(count=stack.letters)
    return name, f"{pages} · {letters}"


def stack_place(stack: Stack, texts: Texts) -> str:
    """Return which letter of its stack one is, for somebody who does not see the heading above it."""
    text = texts.gettext("{scan}, letter {place} of {all}")
    return text.format(scan=stack_heading(stack, texts)[0], place=stack.place, all=stack.letters)


def reason(file: ScannedFile, texts: Texts) -> str:
    """Say why a file was not taken in."""
    if file.refusal is None:
        return texts.gettext(DUPLICATE)
    return texts.reason(file.refusal)


def file_name(file: ScannedFile) -> str:
    """Return a scanned file's name without its folder, whichever system wrote the path."""
    return file.path.replace("\\", "/").rpartition("/")[2]


def _proposed(item: InboxItem, field: str) -> str:
    """Return what was read from the letter; nothing from a protected one, whose content shows only when asked for."""
    if item.document.confidentiality is not Confidentiality.NORMAL:
        return ""
    return next((each.value for each in item.suggestions.fields if each.field.value == field), "")
