"""What a scanned page looks like, so that the same letter scanned twice is found although no byte is the same. Pure."""

from __future__ import annotations

from dataclasses import dataclass

BITS = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLook:
    """A page of ink, from 1 in its document. ``picture``: its difference hash, 16 hexadecimal digits; ``words`` as
    recognised, with how surely each was read (0 … 1).
    """

    page: int
    picture: str
    words: tuple[tuple[str, float], ...]


def picture_distance(one: str, other: str) -> int:
    """Return in how many of ``BITS`` places two pictures differ; all of them where one has none."""
    if not one or not other:
        return BITS
    return (int(one, 16) ^ int(other, 16)).bit_count()
