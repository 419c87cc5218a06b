"""E-mails (RFC 5322, MIME): what they say of themselves, their words, the files in them. Nothing is run or fetched."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from email import message_from_binary_file, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from clerk_desktop.documents.content import Content, stream
from clerk_desktop.model.errors import FileRefused, RefusalReason
from clerk_desktop.model.reading import Attachment, Mail

MOST_ATTACHMENTS = 200
LONGEST_TEXT = 20_000
_LONGEST_NAME = 120
_FORWARDED = "message/rfc822"
# what the standard library raises on headers and bodies that no mail program writes
_ODD = (MessageError, ValueError, LookupError, TypeError, AttributeError)
_UNSEEN = re.compile(r"(?i)<(script|style|head)\b")
_ENDS = {name: re.compile(rf"(?i)</{name}>") for name in ("script", "style", "head")}
_BREAK = re.compile(r"(?i)<(br|/p|/div|/tr|/li|/h\d)\b")


class MailFile:
    """One e-mail, opened. ``FileRefused``: DAMAGED."""

    def __init__(self, content: Content) -> None:
        try:
            with stream(content) as source:
                self._message: Message = message_from_binary_file(source, policy=policy.compat32)
            leaves = list(_leaves(self._message, in_layout=False))
        except (*_ODD, RecursionError) as broken:
            raise FileRefused(RefusalReason.DAMAGED) from broken
        self._attached = [part for part, in_layout in leaves if _is_attached(part, in_layout)][:MOST_ATTACHMENTS]
        attached = set(map(id, self._attached))
        self._bodies = [part for part, _ in leaves if id(part) not in attached]

    def read(self) -> Mail:
        """Return what it says."""
        name, address = parseaddr(self._header("From"))
        return Mail(
            sender=name or address,
            subject=self._header("Subject"),
            sent_on=self._day(),
            text=self._text(),
            attachments=tuple(
                Attachment(name=_name(part, number), size=len(_bytes(part)))
                for number, part in enumerate(self._attached, start=1)
            ),
        )

    def attachment(self, number: int) -> bytes:
        """Return the bytes of an attachment, from 1. ``FileRefused``: UNREADABLE for one that is not there."""
        if not 1 <= number <= len(self._attached):
            raise FileRefused(RefusalReason.UNREADABLE)
        return _bytes(self._attached[number - 1])

    def close(self) -> None:
        """Let it go."""
        self._attached, self._bodies = [], []

    def _header(self, name: str) -> str:
        return _decoded(self._message.get(name, ""))

    def _day(self) -> date | None:
        try:
            return parsedate_to_datetime(str(self._message.get("Date", ""))).date()
        except _ODD:
            return None

    def _text(self) -> str:
        for wanted, plain in (("text/plain", True), ("text/html", False)):
            for part in self._bodies:
                if part.get_content_type() == wanted and (said := _body(part)).strip():
                    return (said if plain else _without_tags(said))[:LONGEST_TEXT]
        return ""


def _leaves(part: Message, *, in_layout: bool) -> list[tuple[Message, bool]]:
    """Return the parts that hold something, each with whether it belongs to the layout of a body."""
    payload = part.get_payload()
    if not isinstance(payload, list) or part.get_content_type() == _FORWARDED:
        return [(part, in_layout)]
    related = in_layout or part.get_content_type() == "multipart/related"
    found: list[tuple[Message, bool]] = []
    for each in payload:
        if isinstance(each, Message):
            found += _leaves(each, in_layout=related)
    return found


def _is_attached(part: Message, in_layout: bool) -> bool:
    if part.get_content_disposition() == "attachment" or part.get_content_type() == _FORWARDED:
        return True
    if in_layout and part.get("Content-ID") and part.get_content_maintype() == "image":
        return False  # a picture in the text, a logo under it
    return bool(part.get_filename()) or part.get_content_maintype() not in ("text", "multipart")


def _name(part: Message, number: int) -> str:
    try:
        said = _decoded(part.get_filename() or "")
    except _ODD:
        said = ""
    if not said and part.get_content_type() == _FORWARDED:
        said = _decoded(inner.get("Subject", "")) if (inner := _forwarded(part)) is not None else ""
    base = re.split(r"[\\/]", said)[-1]
    return "".join(letter for letter in base if letter.isprintable())[:_LONGEST_NAME].strip(" .") or str(number)


def _bytes(part: Message) -> bytes:
    if part.get_content_type() == _FORWARDED:
        inner = _forwarded(part)
        try:
            return inner.as_bytes() if inner is not None else b""
        except _ODD:
            return b""
    try:
        payload = part.get_payload(decode=True)
    except _ODD:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _forwarded(part: Message) -> Message | None:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    return inner if isinstance(inner, Message) else None


def _body(part: Message) -> str:
    raw = _bytes(part)
    try:
        return raw.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _decoded(header: object) -> str:
    """Return a header's words (RFC 2047), as they stand where they cannot be decoded."""
    text = str(header)
    with suppress(*_ODD):
        text = str(make_header(decode_header(text)))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _without_tags(page: str) -> str:
    seen = "".join(_seen(page))
    return "\n".join(" ".join(line.split()) for line in html.unescape(seen).splitlines())


def _seen(page: str) -> Iterator[str]:
    """Yield what is no tag, in one go over the page: a stranger may open as many tags as he likes and close none."""
    place, endless = 0, set[str]()
    while (start := page.find("<", place)) >= 0 and (end := page.find(">", start)) >= 0:
        yield page[place:start]
        place = end + 1
        if _BREAK.match(page, start):
            yield "\n"
        elif (unseen := _UNSEEN.match(page, start)) and (name := unseen[1].lower()) not in endless:
            if close := _ENDS[name].search(page, start):
                place = close.end()
            else:
                endless.add(name)
    yield page[place:]
