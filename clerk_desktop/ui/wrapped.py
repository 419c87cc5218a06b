"""A text in the rows that it needs, for places that draw by themselves."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

KEPT = 2_000
UTF_16 = "utf-16-le"
"""How Qt counts: in units of two bytes."""


class Wrapping:
    """Breaks texts of one font. A text that fits is measured and no more: lists ask for hundreds of them at once."""

    def __init__(self, font: QFont) -> None:
        self.font = QFont(font)
        self._key = font.key()
        self._metrics = QFontMetrics(font)

    def rows(self, text: str, width: int, most: int) -> tuple[str, ...]:
        """Return the text in at most ``most`` rows of ``width`` pixels; the last ends with "…" where there is more."""
        if not text:
            return ()
        if self._metrics.horizontalAdvance(text) <= width:
            return (text,)
        return _broken(text, self._key, width, most)


@lru_cache(KEPT)
def _broken(text: str, font_key: str, width: int, most: int) -> tuple[str, ...]:
    font, option = QFont(), QTextOption()
    font.fromString(font_key)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
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
