"""Keeps the catalogues in ``i18n/`` in step with the English texts in the code (``make texts``).

Usage: ``python packaging/texts.py [--check]``. Collects the texts, writes the template, merges it into each language
and compiles that. What is new stands in the ``.po`` with an empty translation: fill it in and run this again.
``--check`` writes nothing and fails when something is not in step or not translated.

A text is collected where it is the argument of ``_``, ``N_``, ``gettext`` or ``ngettext`` (methods included), and
where it is the ``title`` or ``remedy`` of an error. Files are named without line numbers, so that moving code changes
nothing.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
DOMAIN = "clerk_desktop"
LANGUAGES = ("de",)
SINGLE = {"_", "N_", "gettext"}
PLURAL = {"ngettext"}
ERRORS = Path("clerk_desktop/model/errors.py")
ERROR_TEXTS = {"title", "remedy"}
# Without a fixed day every run would change every catalogue.
DAY = datetime(2026, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - Babel compares with this very object

Source = str | tuple[str, str]


class NotAText(Exception):
    """A text for translation is put together at run time, so that no catalogue can have it."""


def texts_in(path: Path, code: str) -> Iterator[Source]:
    """Yield each text of one file. Raises ``NotAText``."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            yield from _called(path, node)
        elif path == ERRORS and isinstance(node, ast.ClassDef):
            yield from _class_texts(node)


def _called(path: Path, call: ast.Call) -> Iterator[Source]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in PLURAL:
        one, many = (_constant(path, argument) for argument in call.args[:2])
        if one is not None and many is not None:
            yield one, many
    elif name in SINGLE and call.args:
        text = _constant(path, call.args[0])
        if text:
            yield text


def _constant(path: Path, argument: ast.expr) -> str | None:
    """Return the text, or None for a name (its text is marked where it stands)."""
    if isinstance(argument, ast.Constant):
        return argument.value if isinstance(argument.value, str) else None
    if isinstance(argument, ast.JoinedStr | ast.BinOp):
        raise NotAText(f"{path}:{argument.lineno} use one constant with {{named}} places")
    return None


def _class_texts(node: ast.ClassDef) -> Iterator[Source]:
    for statement in node.body:
        if isinstance(statement, ast.Assign):
            target, value = statement.targets[0], statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target, value = statement.target, statement.value
        else:
            continue
        if isinstance(target, ast.Name) and target.id in ERROR_TEXTS and isinstance(value, ast.Constant):
            yield str(value.value)


def template(root: Path) -> Catalog:
    """Return every text of the program, in the order of the files' names."""
    catalog = Catalog(
        project="clerk-desktop",
        version="1",
        domain=DOMAIN,
        creation_date=DAY,
        revision_date=DAY,
        header_comment="# English texts of clerk-desktop, collected by packaging/texts.py.",
        fuzzy=False,
        last_translator="clerk-desktop",
        language_team="clerk-desktop",
        msgid_bugs_address="clerk-desktop",
    )
    for path in sorted((root / DOMAIN).rglob("*.py")):
        place = path.relative_to(root)
        for text in texts_in(place, path.read_text(encoding="utf-8")):
            catalog.add(text, locations=[(place.as_posix(), 0)])
    return catalog


def merged(root: Path, language: str, source: Catalog) -> Catalog:
    """Return the language's catalogue with exactly the texts of the template."""
    path = po_path(root, language)
    catalog = Catalog(locale=language, domain=DOMAIN)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language, domain=DOMAIN)
    catalog.update(source, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.project, catalog.version, catalog.fuzzy = source.project, source.version, False
    catalog.last_translator, catalog.language_team = source.last_translator, source.language_team
    catalog.msgid_bugs_address = source.msgid_bugs_address
    catalog.creation_date = catalog.revision_date = DAY
    catalog.header_comment = f"# Texts of clerk-desktop in the language {language}."
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """Texts of a catalogue without a complete translation."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.fuzzy or not all(strings) or len(strings) < (2 if message.pluralizable else 1):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def po_path(root: Path, language: str) -> Path:
    """Where the catalogue of a language lies."""
    return root / "i18n" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def as_po(catalog: Catalog) -> bytes:
    """Return the catalogue as text."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, include_lineno=False, sort_output=False)
    return out.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """Return the catalogue as gettext loads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def files(root: Path) -> tuple[dict[Path, bytes], list[str]]:
    """Return what the files in ``i18n/`` should hold, and what is not translated."""
    source = template(root)
    wanted = {root / "i18n" / f"{DOMAIN}.pot": as_po(source)}
    missing = []
    for language in LANGUAGES:
        catalog = merged(root, language, source)
        path = po_path(root, language)
        wanted[path] = as_po(catalog)
        wanted[path.with_suffix(".mo")] = as_mo(catalog)
        missing += [f"{language}: {text}" for text in untranslated(catalog)]
    return wanted, missing


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Bring the files in step; 1 when a translation is missing, or with ``--check`` when a file is not in step."""
    parser = argparse.ArgumentParser(description="Keep the catalogues in step with the code.")
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args(arguments).check
    wanted, missing = files(root)
    stale = [path for path, content in wanted.items() if not path.exists() or path.read_bytes() != content]
    for path in stale:
        if check:
            print(f"not in step: {path.relative_to(root).as_posix()}", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path])
    for text in missing:
        print(f"not translated: {text}", file=sys.stderr)
    return 1 if missing or (check and stale) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
