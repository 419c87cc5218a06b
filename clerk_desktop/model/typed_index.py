"""What somebody typed for a letter of the inbox and has not filed yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from clerk_desktop.model.document import DocumentField


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedIndex:
    """Only what a person touched, as it stands in the field: a day may be half typed, a case be words of its subject.

    ``case``: None for a case field that nobody touched.
    """

    case: str | None = None
    texts: dict[DocumentField, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything was touched."""
        return self.case is not None or bool(self.texts)
