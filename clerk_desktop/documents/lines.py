"""Words in reading order: put together into lines from the top, each line from the left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from clerk_desktop.model.geometry import Rect

_SHARED = 0.5  # share of the lower word's height that two words of one line have in common


@dataclass(kw_only=True, slots=True)
class _Line:
    top: float
    bottom: float
    members: list[int] = field(default_factory=list)

    def shares(self, top: float, bottom: float) -> bool:
        common = min(self.bottom, bottom) - max(self.top, top)
        return common >= _SHARED * max(0.1, min(self.bottom - self.top, bottom - top))


def in_lines(boxes: Iterable[Rect]) -> list[list[int]]:
    """Group boxes (as displayed, ``y0`` the upper edge and y downwards) into lines; return their indices in order."""
    known = list(boxes)
    lines: list[_Line] = []
    for index in sorted(range(len(known)), key=lambda i: (known[i].y0 + known[i].y1, known[i].x0)):
        box = known[index]
        # Sorted by their middle, so only the last lines can still take a word.
        line = next((line for line in reversed(lines[-3:]) if line.shares(box.y0, box.y1)), None)
        if line is None:
            line = _Line(top=box.y0, bottom=box.y1)
            lines.append(line)
        line.members.append(index)
    lines.sort(key=lambda line: line.top + line.bottom)
    return [sorted(line.members, key=lambda index: known[index].x0) for line in lines]
