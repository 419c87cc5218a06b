"""Log files that hold no personal data, whatever is thrown at them.

Our own modules log constant templates and an ``action`` field; what is filled in passes a guard that lets through
numbers, times, our ids, Enum members and names of our own classes, nothing else: no paths, no names, no texts.
Messages of other libraries (which log addresses and file names) and messages of exceptions are never written.
"""

from __future__ import annotations

import builtins
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TextIO

PACKAGE = "clerk_desktop"
HIDDEN = "…"
OUR_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ACTION = re.compile(r"[a-z][a-z0-9.-]{0,40}")
CLASS_NAME = re.compile(r"[A-Z][A-Za-z0-9]{1,60}")
PLAIN_RECORD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "action"}
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}


def guarded(value: object) -> str:
    """Return how a value may stand in a log: itself when it cannot tell anything about a person, else an ellipsis."""
    match value:
        case bool() | int() | float() | None:
            return str(value)
        case Enum():
            return str(value.value) if _is_ours(type(value)) else HIDDEN
        case datetime() | timedelta():
            return str(value)
        case date():
            return HIDDEN  # a day alone may be a day of birth
        case BaseException():
            return type(value).__name__
        case type():
            return value.__name__
        case str() if OUR_ID.fullmatch(value) or (CLASS_NAME.fullmatch(value) and _is_class_name(value)):
            return value
        case _:
            return HIDDEN


class GuardedFormatter(logging.Formatter):
    """One line per record: time (UTC), level, module, action, message, fields; then the places of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        parts = [at, record.levelname, record.name.removeprefix(f"{PACKAGE}.")]
        if record.name == PACKAGE or record.name.startswith(f"{PACKAGE}."):
            action = getattr(record, "action", "")
            if isinstance(action, str) and ACTION.fullmatch(action):
                parts.append(f"action={action}")
            parts.append(_message(record))
            parts.extend(f"{name}={guarded(value)}" for name, value in vars(record).items() if name not in PLAIN_RECORD)
        else:
            parts.append(HIDDEN)
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(_places(record.exc_info[1]))
        return " ".join(parts)


class GuardedFile(logging.Handler):
    """A log file, made with its first line: a start that has nothing to tell does not wait for what writes files."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line; where not even the file can be made, it is lost, and the next one tries again.

        Too many open files or an ending interpreter are no reason to stop whoever tells something, and logging's own
        ``handleError`` would show the values unguarded.
        """
        if self._file is None:
            try:
                self._file = self._made()
            except Exception:  # noqa: BLE001 - an ending interpreter raises whatever it likes
                return
        self._file.emit(record)

    def _made(self) -> logging.Handler:
        from clerk_desktop.system.log_file import LogFile

        file = LogFile(self._path)
        file.setFormatter(GuardedFormatter())
        return file

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()


@contextmanager
def logging_to(folder: Path, name: str, level: str, also: TextIO | None = None) -> Iterator[Path]:
    """Log into ``folder/name.log`` until the block ends, and to ``also`` (stderr with ``--verbose``), equally guarded.

    ``folder`` is ``Profile.logs``; ``name`` the role (window, station …); ``level`` a value of ``LOG_LEVEL``.
    """
    path = folder / f"{name}.log"
    handlers: list[logging.Handler] = [GuardedFile(path)]
    if also is not None:
        stream = logging.StreamHandler(also)
        stream.setFormatter(GuardedFormatter())
        handlers.append(stream)
    root = logging.getLogger()
    before = root.level
    root.setLevel(LEVELS[level])
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield path
    finally:
        root.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()


def _message(record: logging.LogRecord) -> str:
    template = str(record.msg)
    if not record.args:
        return template
    values = record.args.values() if isinstance(record.args, dict) else record.args
    try:
        if isinstance(record.args, dict):
            return template % {name: _Guarded(value) for name, value in record.args.items()}
        return template % tuple(_Guarded(value) for value in values)
    except (TypeError, ValueError, KeyError):
        return HIDDEN


class _Guarded:
    """A value that shows itself only through the guard, for every place in a %-template."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __str__(self) -> str:
        return guarded(self._value)

    __repr__ = __str__

    def __int__(self) -> int:
        return int(self._value) if isinstance(self._value, int | float) else 0

    __index__ = __int__

    def __float__(self) -> float:
        return float(self._value) if isinstance(self._value, int | float) else 0.0


def _places(error: BaseException) -> str:
    """Return the chain of an exception as class names and places in code, without any message."""
    chain, seen = [], set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)
        at = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
        chain.append(f"{type(current).__name__} at {at or 'nowhere'}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "; from ".join(chain)


def _is_ours(kind: type) -> bool:
    return kind.__module__.startswith(f"{PACKAGE}.")


def _is_class_name(word: str) -> bool:
    """Tell whether a word names a built-in exception or a class of ours; any other may be somebody's name."""
    if isinstance(known := getattr(builtins, word, None), type) and issubclass(known, BaseException):
        return True
    return any(
        isinstance(found := getattr(module, word, None), type) and _is_ours(found)
        for name, module in tuple(sys.modules.items())
        if name.startswith(f"{PACKAGE}.model")
    )
