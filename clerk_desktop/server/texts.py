"""The text of contents for CONTAINS (2.1.14.2.4.5 of CMIS 1.1): read beside the requests, some time after the upload.

Which contents are still to be read is written down with the upload itself, so that a fall of the machine forgets none.
Plain text is read here; what reads other kinds is handed in.
"""

from __future__ import annotations

import codecs
import html
import io
import logging
import re
import threading
from collections.abc import Callable
from typing import BinaryIO, TypeAlias

from clerk_desktop.server.faults import Fault
from clerk_desktop.server.repository.repository import Repository
from clerk_desktop.server.repository.small_contents import SmallContents
from clerk_desktop.server.repository.unread import PDF, Unread, UnreadTexts

_LOG = logging.getLogger(__name__)
_AT_ONCE = 20
_CHARACTERS_AT_ONCE = 200_000
"""So many texts, or so much of them, are kept with one flush: uploads wait for that."""
_MOST_BYTES = 4 << 20
_MOST_CHARACTERS = 2_000_000
_MARKUP = re.compile(r"<[^<>]{1,4000}>")

TextOf: TypeAlias = Callable[[BinaryIO], str]
"""Returns the text of a PDF, "" when there is none to be had. Raises ``TextUnavailable``."""


class TextUnavailable(Exception):
    """No text can be read at the moment, whatever the content is."""


class TextReader:
    """Reads what is unread, from a thread of its own after ``start``. ``text_of`` None: PDFs are not looked into."""

    def __init__(self, repository: Repository, text_of: TextOf | None) -> None:
        self._repository = repository
        self._text_of = text_of
        self._wanted = threading.Event()
        self._ended = False
        self._unreadable: set[str] = set()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to read."""
        self._wanted.set()
        self._thread = threading.Thread(target=self._run, name="cmis-texts")
        self._thread.start()

    def notice(self) -> None:
        """Tell that something came that may have text."""
        self._wanted.set()

    def stop(self) -> None:
        """Let the thread end with the content it reads."""
        self._ended = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def run_once(self) -> bool:
        """Read some contents and keep their texts; returns whether more may be left. Raises ``TextUnavailable``.

        What cannot be read holds up no others; it stays written down and is tried again after the next start.
        """
        with self._repository.database.reading() as transaction:
            oldest = UnreadTexts(transaction).some(_AT_ONCE + len(self._unreadable))
        waiting = [each for each in oldest if each.content not in self._unreadable]
        texts: list[tuple[Unread, str]] = []
        for each in waiting:
            if self._ended or sum(len(text) for _, text in texts) >= _CHARACTERS_AT_ONCE:
                break
            found = self._text(each)
            if found is None:
                self._unreadable.add(each.content)
            else:
                texts.append((each, found))
        if texts:
            with self._repository.database.writing() as transaction:
                for each, text in texts:
                    UnreadTexts(transaction).keep(each, text)
        return bool(waiting)

    def _text(self, unread: Unread) -> str | None:
        try:
            with self._open(unread.content) as stream:
                if unread.media_type != PDF:
                    return _plain(stream.read(_MOST_BYTES), markup="ml" in unread.media_type)
                return "" if self._text_of is None else self._text_of(stream)[:_MOST_CHARACTERS]
        except FileNotFoundError:
            return ""  # somebody deleted it meanwhile
        except (Fault, TextUnavailable):
            raise
        except Exception as error:  # noqa: BLE001 - files are foreign: whatever one does, the others are read
            _LOG.warning("a text was not read", extra={"action": "read texts", "error": type(error).__name__})
            return None

    def _open(self, content: str) -> BinaryIO:
        with self._repository.database.reading() as transaction:
            small = SmallContents(transaction).get(content)
        return self._repository.contents.open(content) if small is None else io.BytesIO(small)

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            try:
                while not self._ended and self.run_once():
                    pass
            except TextUnavailable:
                _LOG.warning("texts are not read at present", extra={"action": "read texts"})
            except (Fault, OSError) as error:
                # a full disk, for one: they stay written down, and are tried again with the next upload
                _LOG.warning("texts were not kept", extra={"action": "read texts", "error": type(error).__name__})
            except Exception:  # noqa: BLE001 - the driver of the thread: it is there for the next upload
                _LOG.exception("unforeseen failure", extra={"action": "read texts"})
            if self._ended:
                return


def _plain(data: bytes, *, markup: bool) -> str:
    try:
        # of a longer content only the beginning was read, which may end within a character
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(data, final=len(data) < _MOST_BYTES)
    except UnicodeDecodeError:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1252", "replace")
    return (html.unescape(_MARKUP.sub(" ", text)) if markup else text)[:_MOST_CHARACTERS]
