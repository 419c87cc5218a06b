"""Names and paths of objects on a server. They are decoration for people who look with another program, and the place
where an uncertain create is looked up again; what an object is, its properties say.
"""

from __future__ import annotations

import mimetypes
import unicodedata
from urllib.parse import quote

from clerk_desktop.backend.cmis.mapping import Names
from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event
from clerk_desktop.model.exchange import AnnotationFile
from clerk_desktop.model.ids import SHORT_KEY_LENGTH, short_key
from clerk_desktop.model.municipality import find_municipality
from clerk_desktop.model.reading import ENDINGS

_HEX = frozenset("0123456789abcdef")


def object_name(text: str, rules: Names, ending: str = "") -> str:
    """Return ``text`` as an object name: NFC, no forbidden or control characters, no dot or blank at either end,
    within the byte limit (``ending`` kept).
    """
    cleaned = "".join(
        "_" if letter in rules.forbidden else letter
        for letter in unicodedata.normalize("NFC", text)
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
    cleaned = cleaned.strip(" .")
    room = rules.max_bytes - len(ending.encode())
    cleaned = cleaned.encode()[:room].decode(errors="ignore").rstrip(" .")
    return (cleaned or "_") + ending


def document_names(document: Document, rules: Names) -> tuple[str, str]:
    """Return the name of a document, and a second one for when another object has the first."""
    ending = ENDINGS.get(document.mime_type) or mimetypes.guess_extension(document.mime_type) or ""
    title = document.title.removesuffix(ending) if ending else document.title
    keys = (short_key(document.document_id), document.document_id)
    first, second = (object_name(f"{key} {title}", rules, ending) for key in keys)
    return first, second


def event_names(event: Event, rules: Names) -> tuple[str, str]:
    """Return the name of an event, and a second one for when another object has the first."""
    keys = (short_key(event.event_id), event.event_id)
    first, second = (object_name(f"{key} {event.kind.value}", rules) for key in keys)
    return first, second


def annotation_names(file: AnnotationFile, rules: Names) -> tuple[str, str]:
    """Return the name of a file of marks, and a second one for when another object has the first."""
    keys = (short_key(file.annotation_set_id), file.annotation_set_id)
    first, second = (object_name(f"{key} marks", rules, ".xfdf") for key in keys)
    return first, second


def case_names(case: Case, rules: Names) -> tuple[str, str]:
    """Return the name of a case's folder, and a second one for when another object has the first."""
    first = object_name(f"{case.case_number} {case.subject}", rules)
    second = object_name(f"{case.case_number} {short_key(case.case_id)} {case.subject}", rules)
    return first, second


def title_of(name: str) -> str:
    """Return what of a document's name is its title: without the leading short key and the ending."""
    key, _, rest = name.partition(" ")
    title = rest if rest and len(key) >= SHORT_KEY_LENGTH and _HEX.issuperset(key.replace("-", "")) else name
    stem, dot, ending = title.rpartition(".")
    return stem if dot and stem and len(ending) <= 4 else title


def municipality_folder(pattern: str, municipality: str, rules: Names) -> str:
    """Return the folder path of a municipality (key) from a path with ``{municipality}`` in it."""
    return pattern.replace("{municipality}", object_name(municipality_title(municipality), rules))


def municipality_title(key: str) -> str:
    """Return the title that CMIS stores for a municipality's key; the key itself for one that is not known."""
    town = find_municipality(key)
    return town.title if town else key


def municipality_key(title: str) -> str:
    """Return the key for a title from the server; the title itself for one that is not known."""
    town = find_municipality(title)
    return town.key if town else title


def municipality_of_path(path: str, patterns: tuple[str, ...]) -> str:
    """Return the key of the municipality whose inbox or cases a folder path belongs to, "" for none."""
    for pattern in patterns:
        before, _, after = pattern.partition("{municipality}")
        if path.startswith(before):
            segment = path[len(before) :].split("/", maxsplit=1)[0]
            if segment:
                return municipality_key(segment.removesuffix(after))
    return ""


def encoded_path(path: str) -> str:
    """Return an absolute path for the end of a URL, every segment percent-encoded as UTF-8."""
    return quote(path, safe="/")
