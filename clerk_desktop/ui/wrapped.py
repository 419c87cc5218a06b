"""A text in the rows that it needs, for places that draw by themselves."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

KEPT = 2_000
UTF_16 = "utf-16-le"
"""How Qt counts: in units of two bytes."""


def wrapped(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    """Return the text in at most ``most`` rows of ``width`` pixels; the last ends with "…" where there is more."""
    return _wrapped(text, font.key(), width, most)


@lru_cache(KEPT)
def _wrapped(text: str, font_key: str, width: int, most: int) -> tuple[str, ...]:
    font = QFont()
    font.fromString(font_key)
    metrics = QFontMetrics(font)
    if most > 1 and metrics.horizontalAdvance(text) > width > 0:
        return _broken(text, font, width, most)
    return (metrics.elidedText(text, Qt.TextElideMode.ElideRight, width),) if text else ()


def _broken(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    layout, option = QTextLayout(text, font), QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = text.encode(UTF_16)
    rows: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        begin, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
        if len(rows) == most - 1:
            rest = units[begin:].decode(UTF_16, "replace").strip()
            rows.append(QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        rows.append(units[begin:end].decode(UTF_16, "replace").strip())
    layout.endLayout()
    return tuple(rows)
