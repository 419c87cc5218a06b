"""A case as it is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clerk_desktop.model.case import Case
from clerk_desktop.model.document import Document
from clerk_desktop.model.event import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseView:
    """A case with what lies in it. ``names``: of the office's people by account."""

    case: Case
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    names: Mapping[str, str]
