"""Property values: from the texts of a form to typed values, checked against their definitions (2.1.2, 5.4.4.3.11)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from clerk_desktop.server.controls import SentProperty
from clerk_desktop.server.faults import constraint, invalid
from clerk_desktop.server.types.definitions import Choice, Kind, PropertyDefinition, Value, Values

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INTEGER = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_LARGEST = 2**63
_EARLIEST, _LATEST = -62_135_596_800_000, 253_402_300_799_999
"""The first millisecond of the year 1 and the last one of the year 9999: clients know no other days."""


def typed_values(definition: PropertyDefinition, sent: SentProperty) -> Values:
    """Return the values of a sent property, None for "not set".

    Raises ``Fault``: invalidArgument for what is no value of the type, constraint for what breaks a limit.
    """
    if sent.values is None or (not sent.values and definition.multiple):
        return None
    if sent.values == ("",) and definition.kind not in {Kind.STRING, Kind.HTML}:
        return None
    if not definition.multiple and len(sent.values) != 1:
        raise invalid(f"{definition.id} has one value only.")
    values = tuple(_typed(definition, text) for text in sent.values)
    for value in values:
        _check_limits(definition, value)
    return values if definition.multiple else values[0]


def _typed(definition: PropertyDefinition, text: str) -> Value:
    match definition.kind:
        case Kind.BOOLEAN:
            if text.lower() in {"true", "false"}:
                return text.lower() == "true"
        case Kind.INTEGER:
            if _INTEGER.fullmatch(text) and -_LARGEST <= int(text) < _LARGEST:
                return int(text)
        case Kind.DECIMAL:
            number = _decimal(text)
            if number is not None:
                return number
        case Kind.DATETIME:
            moment = milliseconds(text)
            if moment is not None:
                return moment
        case Kind.STRING | Kind.ID | Kind.HTML | Kind.URI:
            if "\x00" not in text:
                return text
    raise invalid(f"{definition.id}: this is no value of type {definition.kind.value}.")


def _decimal(text: str) -> float | None:
    if not re.fullmatch(r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?", text, re.ASCII):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def milliseconds(text: str) -> int | None:
    """Return the moment of a text, milliseconds or ISO 8601, in milliseconds since 1970; None if it is none."""
    if _INTEGER.fullmatch(text):
        return _within_years(int(text))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return _within_years((moment - _EPOCH) // timedelta(milliseconds=1))


def _within_years(number: int) -> int | None:
    return number if _EARLIEST <= number <= _LATEST else None


def _check_limits(definition: PropertyDefinition, value: Value) -> None:
    if isinstance(value, str) and definition.max_length is not None and len(value) > definition.max_length:
        raise constraint(f"{definition.id} is longer than {definition.max_length} characters.")
    if isinstance(value, int | float) and not isinstance(value, bool):
        below = definition.min_value is not None and value < definition.min_value
        above = definition.max_value is not None and value > definition.max_value
        if below or above:
            raise constraint(f"{definition.id} is outside its limits.")
    if definition.choices and not definition.open_choice and value not in set(_choice_values(definition.choices)):
        raise constraint(f"{definition.id} is none of its choices.")


def _choice_values(choices: Iterable[Choice]) -> Iterable[Value]:
    for choice in choices:
        yield from choice.value
        yield from _choice_values(choice.choices)


def defaults(definitions: Mapping[str, PropertyDefinition]) -> dict[str, Values]:
    """Return the default values of those properties that have one."""
    return {
        property_id: definition.default if definition.multiple else definition.default[0]
        for property_id, definition in definitions.items()
        if definition.default
    }
