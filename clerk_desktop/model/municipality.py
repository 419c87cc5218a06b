"""The cooperating towns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Municipality:
    """A town: the key that commands and folders use, the title that people read and CMIS stores."""

    key: str
    title: str


MUNICIPALITIES = (
    Municipality(key="blomberg", title="Blomberg"),
    Municipality(key="luegde", title="Lügde"),
    Municipality(key="schieder", title="Schieder-Schwalenberg"),
    Municipality(key="kalletal", title="Kalletal"),
)


def find_municipality(key_or_title: str) -> Municipality | None:
    """Return the town whose key or title is given, letter case aside."""
    wanted = key_or_title.strip().casefold()
    return next((town for town in MUNICIPALITIES if wanted in (town.key, town.title.casefold())), None)
