"""What works on this workstation and what does not, each with a remedy."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from clerk_desktop import __version__
from clerk_desktop.backend.port import Backend
from clerk_desktop.model.errors import ClerkError, ContentDamaged, NotKnown
from clerk_desktop.model.texts import N_
from clerk_desktop.store.store import Store
from clerk_desktop.system.files import is_folder
from clerk_desktop.system.settings import SettingsFiles
from clerk_desktop.system.texts import Texts

ENOUGH_SPACE = 2 * 1024**3


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing looked at. ``check``, ``problem`` (why it is not ``ok``) and ``remedy`` are English source texts,
    ``detail`` is a technical word or number. ``fields`` fill the named places of ``problem`` and ``remedy``; only they
    may be personal: a place under the user's home, a value out of the settings.
    """

    check: str
    ok: bool
    detail: str = ""
    problem: str = ""
    remedy: str = ""
    fields: Mapping[str, str | int] = field(default_factory=dict)

    def problem_in(self, texts: Texts) -> str:
        """Return what is wrong in the user's language, "" for nothing."""
        return texts.filled(self.problem, self.fields) if self.problem else ""

    def remedy_in(self, texts: Texts) -> str:
        """Return what to do in the user's language, "" for nothing."""
        return texts.filled(self.remedy, self.fields) if self.remedy else ""

    def impersonal(self) -> Finding:
        """Return it without what may be personal."""
        return replace(self, fields={})


Probe = Callable[[], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Doctor:
    """Looks at everything the program stands on.

    ``server`` and ``recognition`` return a technical detail, or raise ``ClerkError`` with what is wrong;
    ``self_tests`` are longer proofs by name.
    """

    store: Store
    home: Path
    keeper: str
    server: Probe
    recognition: Probe
    settings: SettingsFiles
    self_tests: tuple[tuple[str, Probe], ...] = ()

    def examine(self, *, self_test: bool = False) -> tuple[Finding, ...]:
        """Look at everything."""
        findings = [
            Finding(check=N_("Program"), ok=True, detail=f"{__version__}, Python {platform.python_version()}"),
            Finding(check=N_("System"), ok=True, detail=platform.platform()),
            self._probed(N_("Local store"), self._store),
            self._contents(whole=self_test),
            self._probed(N_("Settings"), self._settings),
            Finding(check=N_("Key of the store"), ok=True, detail=self.keeper),
            self._disk(),
            *self._folders(),
            self._probed(N_("Text recognition"), self.recognition),
            self._probed(N_("Server"), self.server),
        ]
        if self_test:
            findings += [self._probed(name, probe) for name, probe in self.self_tests]
        return tuple(findings)

    def _probed(self, check: str, probe: Probe) -> Finding:
        try:
            return Finding(check=check, ok=True, detail=probe())
        except ClerkError as error:
            return Finding(
                check=check,
                ok=False,
                detail=type(error).__name__,
                problem=error.title,
                remedy=error.remedy,
                fields=error.fields,
            )

    def _store(self) -> str:
        self.store.prove_whole()
        with self.store.read() as session:
            return f"{session.changes.last()}"

    def _settings(self) -> str:
        settings = self.settings.load()
        return f"{len(settings.user)} + {len(settings.policy)}"

    def _contents(self, *, whole: bool) -> Finding:
        """Look for the content that only this workstation has or that somebody took along; ``whole``: read all of it,
        else only its end.
        """
        with self.store.read() as session:
            needed = session.contents.needed()
        bad = sum(not self._is_here(sha256, whole=whole) for sha256 in sorted(needed))
        return Finding(
            check=N_("Content of letters"),
            ok=not bad,
            detail=f"{len(needed) - bad}/{len(needed)}",
            problem=N_("Some of it is missing or damaged."),
            remedy=N_("What is missing or damaged is fetched again at the next exchange, if the server has it.")
            if bad
            else "",
        )

    def _is_here(self, sha256: str, *, whole: bool) -> bool:
        try:
            self.store.blobs.length(sha256)
            for _piece in self.store.blobs.chunks(sha256) if whole else ():
                pass
        except (NotKnown, ContentDamaged):
            return False
        return True

    def _disk(self) -> Finding:
        free = shutil.disk_usage(self.home).free
        return Finding(
            check=N_("Free space"),
            ok=free >= ENOUGH_SPACE,
            detail=f"{free // 1024**2} MB",
            problem=N_("It runs short."),
            remedy="" if free >= ENOUGH_SPACE else N_("Free some space on the disk of the profile."),
        )

    def _folders(self) -> list[Finding]:
        with self.store.read() as session:
            folders = session.folders.all()
        findings = []
        for number, folder in enumerate(folders, start=1):
            usable = is_folder(Path(folder.path)) and os.access(folder.path, os.R_OK | os.W_OK | os.X_OK)
            findings.append(
                Finding(
                    check=N_("Scan folder"),
                    ok=usable,
                    detail=str(number),
                    problem=N_("It cannot be used."),
                    remedy="" if usable else N_("The folder is absent or cannot be written. Check drive and rights."),
                )
            )
        return findings


def product(connect: Callable[[], Backend]) -> str:
    """Ask the server what it is and how it is spoken to; to be a ``Probe``."""
    with closing(connect()) as backend:
        found = backend.capabilities()
        return f"{found.product}: {', '.join(strategy.value for strategy in found.chosen)}"
