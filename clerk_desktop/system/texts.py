"""Texts in the user's language: loads the gettext catalogue and makes a sentence of an error.

Sources are English and stand in the code; German is a catalogue in ``i18n/``. Without Qt, for window, command line
and log alike. Days and numbers are written by those who show them.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from clerk_desktop.model.errors import ClerkError, FileRefused, RefusalReason
from clerk_desktop.model.texts import REFUSALS
from clerk_desktop.system.resources import catalogues_folder

DOMAIN = "clerk_desktop"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
WINDOWS_ENGLISH = 0x09  # LANG_ENGLISH, the low ten bits of a LANGID (Windows "Language Identifiers")


class Language(Enum):
    """Languages the program speaks; the value is what ``--lang`` takes."""

    GERMAN = "de"
    ENGLISH = "en"


def system_language(environment: Mapping[str, str]) -> Language:
    """Return English where the session's locale says so, else German.

    The first variable that is set decides (POSIX.1-2017, 8.2); on Windows, where none is, the user's display language.
    """
    name = next((environment[key] for key in LOCALE_VARIABLES if environment.get(key)), "")
    if not name and sys.platform == "win32":
        import ctypes

        english = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == WINDOWS_ENGLISH
        return Language.ENGLISH if english else Language.GERMAN
    return Language.ENGLISH if name.lower().startswith("en") else Language.GERMAN


class Texts:
    """Texts in one language."""

    def __init__(self, language: Language, catalogues: Path) -> None:
        self.language = language
        self._catalogue: gettext.NullTranslations = gettext.NullTranslations()
        if language is not Language.ENGLISH:
            self._catalogue = gettext.translation(DOMAIN, catalogues, languages=[language.value], fallback=True)

    @classmethod
    def for_language(cls, choice: str | None = None, environment: Mapping[str, str] | None = None) -> Texts:
        """Return the texts of the program's own catalogues for ``--lang``, or for the session where it was not given.

        Raises ``ValueError`` for a language that the program does not speak, ``FileNotFoundError`` when the
        installation is incomplete.
        """
        session = os.environ if environment is None else environment
        return cls(Language(choice) if choice else system_language(session), catalogues_folder())

    def gettext(self, source: str) -> str:
        """Return the text for an English source; the source itself where there is none."""
        return self._catalogue.gettext(source)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the text for a number of things; the caller fills ``{count}``."""
        return self._catalogue.ngettext(one, many, count)

    def reason(self, reason: RefusalReason) -> str:
        """Say why a file was not taken in."""
        return self.gettext(REFUSALS[reason])

    def title(self, error: ClerkError) -> str:
        """Say what went wrong."""
        return self.filled(error.title, error.fields)

    def remedy(self, error: ClerkError) -> str:
        """Say what was kept and what to do."""
        return self.filled(error.remedy, error.fields)

    def sentence(self, error: ClerkError) -> str:
        """Say what went wrong, why where that is known, what was kept and what to do."""
        parts = [self.title(error), self.remedy(error)]
        if isinstance(error, FileRefused):
            parts.insert(1, self.reason(error.reason))
        return " ".join(_ended(part) for part in parts if part)

    def filled(self, source: str, fields: Mapping[str, str | int]) -> str:
        """Return the text for an English source with its named places filled; "…" where there is nothing for one."""
        return self.gettext(source).format_map(_Gaps(fields))


class _Gaps(dict[str, str | int]):
    """An error must be sayable even when whoever raised it forgot a field."""

    def __missing__(self, key: str) -> str:
        return "…"


def _ended(part: str) -> str:
    return part if part.endswith((".", "!", "?", "…")) else f"{part}."
