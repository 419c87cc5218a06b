"""The catalogues in ``i18n/`` are complete, and the tool that keeps them does what it says."""

import importlib.util
import string
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / "i18n").glob("*/LC_MESSAGES/*.po"))


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue_tool", ROOT / "packaging" / "texts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def places(text: str | None) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text or "") if name}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_text_of_a_catalogue_is_translated_and_none_is_a_guess(path: Path, tool: ModuleType) -> None:
    assert tool.untranslated(catalogue(path)) == []
    assert [message.id for message in catalogue(path) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_fills_the_places_of_its_source(path: Path) -> None:
    for message in catalogue(path):
        sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id:
            assert set.union(*map(places, strings)) == set.union(*map(places, sources)), message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_loaded_is_what_was_translated(path: Path, tool: ModuleType) -> None:
    assert path.with_suffix(".mo").read_bytes() == tool.as_mo(catalogue(path)), "run make texts"


def test_there_is_a_german_catalogue() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["de"]


def sample(root: Path, code: str) -> Path:
    package = root / "clerk_desktop" / "model"
    package.mkdir(parents=True, exist_ok=True)
    (package / "errors.py").write_text(code, encoding="utf-8")
    return root


def test_texts_are_collected_from_calls_and_from_errors(tmp_path: Path, tool: ModuleType) -> None:
    code = """
class Lost(Exception):
    title: str = "It is lost."
    remedy = ("Look " "again.")
    kind = "no text"
name = "no text either"
a = texts.gettext("Sender")
b = texts.ngettext("{count} page", "{count} pages", 3)
c = _(name)
d = N_("Marked")
"""
    found = {message.id for message in tool.template(sample(tmp_path, code)) if message.id}
    assert found == {"It is lost.", "Look again.", "Sender", ("{count} page", "{count} pages"), "Marked"}


def test_a_text_put_together_at_run_time_is_an_error(tmp_path: Path, tool: ModuleType) -> None:
    with pytest.raises(tool.NotAText, match=r"errors\.py:1"):
        tool.template(sample(tmp_path, '_(f"Hello {name}")'))


def test_a_new_text_waits_for_its_translation_and_an_old_one_goes(
    tmp_path: Path, tool: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main([], sample(tmp_path, '_("Old")')) == 1
    assert "not translated: de: Old" in capsys.readouterr().err
    po = tool.po_path(tmp_path, "de")
    po.write_text(
        po.read_text(encoding="utf-8").replace('msgid "Old"\nmsgstr ""', 'msgid "Old"\nmsgstr "Alt"'), "utf-8"
    )
    assert tool.main([], tmp_path) == 0
    assert tool.main(["--check"], tmp_path) == 0
    assert tool.main(["--check"], sample(tmp_path, '_("New")')) == 1
    assert tool.main([], tmp_path) == 1
    assert 'msgid "Old"' not in po.read_text(encoding="utf-8")
