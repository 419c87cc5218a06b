"""What an administrator asks of a server before clerks work on it: what it can do, and our types on it."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

import httpx

from clerk_desktop.backend.cmis.connect import open_repository
from clerk_desktop.backend.cmis.definitions import Definition, definitions
from clerk_desktop.backend.cmis.examining import Examiner
from clerk_desktop.backend.cmis.installing import install
from clerk_desktop.backend.cmis.mapping import load_mapping
from clerk_desktop.backend.cmis.repository import Repository
from clerk_desktop.backend.http import PLAIN_LINE
from clerk_desktop.backend.line import Line
from clerk_desktop.model.account import Account
from clerk_desktop.model.administration import Examination, TypeReport


class Administration:
    """A signed-in connection of an administrator (``backend.port.Administrator``). ``close`` ends it."""

    def __init__(self, repository: Repository, examiner: Examiner, wanted: tuple[Definition, ...]) -> None:
        """``wanted`` are our types under the names of the mapping."""
        self._repository = repository
        self._examiner = examiner
        self._wanted = wanted

    def close(self) -> None:
        """Close connections."""
        self._repository.close()

    def examine(self) -> Examination:
        """Return what the server can do and what must be added."""
        return self._examiner.examine()

    def install_types(self) -> tuple[TypeReport, ...]:
        """Create our types where they are absent and the server allows it; return how each stands then."""
        return install(self._repository, self._wanted)


def open_administration(
    account: Account,
    auth: httpx.Auth,
    *,
    mapping_dir: Path,
    types_dir: Traversable,
    transport: httpx.BaseTransport | None = None,
    line: Line = PLAIN_LINE,
) -> Administration:
    """Sign in for administration. Raises ``ServerError``, ``WrongUsage``."""
    mapping = load_mapping(mapping_dir, account.mapping)
    wanted = definitions(types_dir, mapping)
    repository = open_repository(account, auth, mapping, transport, line)
    return Administration(repository, Examiner(repository, account.mapping, mapping, wanted), wanted)
