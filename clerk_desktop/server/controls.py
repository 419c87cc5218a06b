"""The controls and parameters of a request (5.2.9, 5.4.4 of CMIS 1.1) as typed values. Names are case-insensitive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from clerk_desktop.server.faults import invalid

_INDEXED = re.compile(r"([a-z]+)\[(\d{1,5})\](?:\[(\d{1,5})\])?", re.ASCII)
_Member = TypeVar("_Member", bound=StrEnum)
DEFAULT_ITEMS = 1000
MAX_ITEMS = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class SentProperty:
    """A property as sent: its id and its values as texts; ``listed`` when sent with a second index. None: not set."""

    id: str
    values: tuple[str, ...] | None
    listed: bool


class Controls:
    """What a request asks for. A value of the form counts before one of the URL, an empty one counts as not sent."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._single: dict[str, str] = {}
        self._indexed: dict[str, dict[int, str | dict[int, str]]] = {}
        for name, value in pairs:
            key = name.strip().lower()
            match = _INDEXED.fullmatch(key)
            if match is None:
                self._single[key] = value
            else:
                self._add_indexed(match, value)

    def _add_indexed(self, match: re.Match[str], value: str) -> None:
        values = self._indexed.setdefault(match[1], {})
        index = int(match[2])
        if match[3] is None:
            if index in values:
                raise invalid(f"{match[1]}[{index}] was sent twice.")
            values[index] = value
            return
        inner = values.setdefault(index, {})
        if not isinstance(inner, dict) or int(match[3]) in inner:
            raise invalid(f"{match[1]}[{index}] was sent twice.")
        inner[int(match[3])] = value

    def has(self, name: str) -> bool:
        """Whether a control was sent, even empty."""
        return name.lower() in self._single

    def text(self, name: str) -> str | None:
        """Return a control's value, None when not sent or empty."""
        return self._single.get(name.lower()) or None

    def required(self, name: str) -> str:
        """Return a control's value. Raises ``Fault`` (invalidArgument) when it is missing."""
        value = self.text(name)
        if value is None:
            raise invalid(f"{name} is missing.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a boolean control. Raises ``Fault`` (invalidArgument)."""
        value = self.text(name)
        if value is None:
            return default
        if value.lower() not in {"true", "false"}:
            raise invalid(f"{name} is neither true nor false.")
        return value.lower() == "true"

    def integer(self, name: str) -> int | None:
        """Return an integer control, None when not sent. Raises ``Fault`` (invalidArgument)."""
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?\d{1,18}", value, re.ASCII):
            raise invalid(f"{name} is not an integer.")
        return int(value)

    def count(self, name: str, default: int) -> int:
        """Return a number of things, zero or more. Raises ``Fault`` (invalidArgument)."""
        value = self.integer(name)
        if value is not None and value < 0:
            raise invalid(f"{name} is negative.")
        return default if value is None else value

    def limit(self) -> int:
        """Return how many members of a list are wanted, never more than this server gives at once."""
        return min(self.count("maxItems", DEFAULT_ITEMS), MAX_ITEMS)

    def depth(self) -> int:
        """Return how many levels of a tree are wanted, -1 for all. Raises ``Fault`` for 0 (2.2.2.4, 2.2.3.2)."""
        value = self.integer("depth")
        if value is None:
            return -1
        if value == 0 or value < -1:
            raise invalid("depth is neither -1 nor positive.")
        return value

    def member(self, name: str, default: _Member) -> _Member:
        """Return one of an enumeration's values. Raises ``Fault`` (invalidArgument)."""
        value = self.text(name)
        if value is None:
            return default
        try:
            return type(default)(value.lower())
        except ValueError:
            raise invalid(f"{name} has no known value.") from None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the values of ``name[0]``, ``name[1]`` … Raises ``Fault`` when an index is left out."""
        values = self._ordered(name.lower())
        if not all(isinstance(value, str) for value in values):
            raise invalid(f"{name} has one index too many.")
        return tuple(value for value in values if isinstance(value, str))

    def properties(self) -> tuple[SentProperty, ...]:
        """Return the properties sent (5.4.4.3.11). Raises ``Fault`` when an index is left out."""
        ids = self.texts("propertyId")
        values = self._indexed.get("propertyvalue", {})
        if any(index >= len(ids) for index in values):
            raise invalid("A propertyValue has no propertyId.")
        found = []
        for index, property_id in enumerate(ids):
            value = values.get(index)
            if isinstance(value, dict):
                sent = SentProperty(id=property_id, values=_gapless(value, f"propertyValue[{index}]"), listed=True)
            else:
                sent = SentProperty(id=property_id, values=None if value is None else (value,), listed=False)
            found.append(sent)
        if len({sent.id for sent in found}) != len(found):
            raise invalid("A property was sent twice.")
        return tuple(found)

    def any_indexed(self, *names: str) -> bool:
        """Whether any of these was sent with an index."""
        return any(name.lower() in self._indexed for name in names)

    def _ordered(self, key: str) -> list[str | dict[int, str]]:
        values = self._indexed.get(key, {})
        if set(values) != set(range(len(values))):
            raise invalid(f"The indices of {key} have a gap.")
        return [values[index] for index in range(len(values))]


def _gapless(values: dict[int, str], name: str) -> tuple[str, ...]:
    if set(values) != set(range(len(values))):
        raise invalid(f"The indices of {name} have a gap.")
    return tuple(values[index] for index in range(len(values)))
