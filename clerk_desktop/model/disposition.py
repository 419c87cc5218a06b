"""Dispositions (Verfügungen): what is to happen with a case, said by whom, when and to whom. Kept as events."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from clerk_desktop.model.event import Event, EventKind
from clerk_desktop.model.ids import DocumentId

DISPOSITIONS = (
    EventKind.FOR_INFORMATION,
    EventKind.FOR_ACTION,
    EventKind.CO_SIGNATURE,
    EventKind.RESUBMISSION,
    EventKind.TO_FILES,
)
WRITTEN = {
    "zk": EventKind.FOR_INFORMATION,
    "zwv": EventKind.FOR_ACTION,
    "mz": EventKind.CO_SIGNATURE,
    "mitzeichnung": EventKind.CO_SIGNATURE,
    "wv": EventKind.RESUBMISSION,
    "wiedervorlage": EventKind.RESUBMISSION,
    "zda": EventKind.TO_FILES,
}
SEAL = re.compile(r"\n?\[version (?P<version>[^\]]*), sha256 (?P<sha256>[0-9a-f]{64})\]\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Disposition:
    """What somebody orders. ``on``: the day of a resubmission; ``to``: the account it is for, "" for nobody special.

    ``document_id``: what is co-signed.
    """

    kind: EventKind
    text: str = ""
    on: date | None = None
    to: str = ""
    document_id: DocumentId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """To what a co-signature is bound: the version and the SHA-256 (hexadecimal) of the content that was seen."""

    version: str
    sha256: str


def disposition_kind(written: str) -> EventKind | None:
    """Return the kind that somebody wrote: its name, or as offices write it (z. K., zwV, Wv.); None for none."""
    for kind in DISPOSITIONS:
        if written == kind.value:
            return kind
    return WRITTEN.get(re.sub(r"[\s.]", "", written).lower())


def sealed(text: str, seal: Seal) -> str:
    """Return the text of a co-signature's event."""
    return f"{text}\n[version {seal.version}, sha256 {seal.sha256}]".lstrip("\n")


def seal_of(event: Event) -> Seal | None:
    """Return to what an event is bound, None for nothing."""
    match = SEAL.search(event.text) if event.kind is EventKind.CO_SIGNATURE else None
    return Seal(version=match["version"], sha256=match["sha256"]) if match else None


def spoken(event: Event) -> str:
    """Return what somebody wrote, without the seal."""
    return SEAL.sub("", event.text) if event.kind is EventKind.CO_SIGNATURE else event.text
