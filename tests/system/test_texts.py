"""Texts in the user's language, from the real catalogues."""

import string
from pathlib import Path

import pytest

from clerk_desktop.model import errors
from clerk_desktop.model.errors import ClerkError, FileRefused, RefusalReason, ServerUnreachable, UnsentWork, named
from clerk_desktop.model.texts import N_, REFUSALS
from clerk_desktop.system.resources import catalogues_folder, data_folder
from clerk_desktop.system.texts import Language, Texts, system_language

GERMAN = Texts.for_language("de")
ENGLISH = Texts.for_language("en")


def every_error() -> list[type[ClerkError]]:
    return [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, ClerkError)]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.GERMAN),
        ({"LANG": "C.UTF-8"}, Language.GERMAN),
        ({"LANG": "en_GB.UTF-8"}, Language.ENGLISH),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, Language.ENGLISH),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "de_DE.UTF-8"}, Language.GERMAN),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, Language.ENGLISH),
    ],
)
def test_the_program_speaks_german_unless_the_session_is_english(
    environment: dict[str, str], language: Language
) -> None:
    assert system_language(environment) is language
    assert Texts.for_language(None, environment).language is language


def test_the_language_that_was_asked_for_wins_over_the_session() -> None:
    assert Texts.for_language("de", {"LANG": "en_US.UTF-8"}).gettext("The disk is full.") == "Der Datenträger ist voll."
    assert Texts.for_language("en", {"LANG": "de_DE.UTF-8"}).gettext("The disk is full.") == "The disk is full."


def test_an_error_says_what_went_wrong_and_what_was_kept() -> None:
    assert GERMAN.sentence(ServerUnreachable()) == (
        "Der Server ist nicht erreichbar. Alles bleibt erhalten und wird gesendet, sobald der Server wieder antwortet."
    )
    assert ENGLISH.sentence(UnsentWork(count=3)).startswith("Changes that were not sent yet: 3. Connect")


def test_a_refused_file_says_why() -> None:
    assert GERMAN.sentence(FileRefused(RefusalReason.ENCRYPTED)) == (
        "Die Datei wurde nicht übernommen. Die Datei ist durch ein Kennwort geschützt. "
        "Das Original liegt unverändert an seinem Platz."
    )


def test_every_reason_for_a_refusal_has_a_text() -> None:
    assert set(REFUSALS) == set(RefusalReason)


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_is_sayable_in_both_languages_even_without_its_fields(kind: type[ClerkError]) -> None:
    error = kind(RefusalReason.EMPTY) if issubclass(kind, FileRefused) else kind()
    for texts in (GERMAN, ENGLISH):
        sentence = texts.sentence(error)
        assert sentence.endswith((".", "…"))
        assert "{" not in sentence


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_a_translation_has_the_places_of_its_source(kind: type[ClerkError]) -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for source in (kind.title, kind.remedy):
        assert places(source) == places(GERMAN.gettext(source))


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_an_error_that_was_kept_by_its_name_can_be_said(kind: type[ClerkError]) -> None:
    error = named(kind.__name__)
    assert type(error) is (ClerkError if issubclass(kind, FileRefused) else kind)
    assert GERMAN.sentence(error)


@pytest.mark.parametrize("name", ["", "Nirgends", "Enum", "N_", "named", "__name__"])
def test_what_names_no_error_is_said_plainly(name: str) -> None:
    assert type(named(name)) is ClerkError


def test_a_marked_text_stays_as_it_is_until_it_is_shown() -> None:
    assert N_("The disk is full.") == "The disk is full."


def test_a_text_that_no_catalogue_has_is_shown_in_english() -> None:
    source = "".join(("This text ", "stands nowhere."))
    assert GERMAN.gettext(source) == source
    assert [GERMAN.ngettext("{count} leaf", "{count} leaves", count) for count in (1, 2)] == [
        "{count} leaf",
        "{count} leaves",
    ]


def test_a_checkout_has_its_catalogues_at_the_top() -> None:
    assert catalogues_folder() == Path(__file__).parents[2] / "i18n"


def test_an_installed_program_has_its_data_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "clerk_desktop"
    inside = package / "_data" / "resources"
    inside.mkdir(parents=True)
    (tmp_path / "site-packages" / "resources").mkdir()
    assert data_folder("resources", package) == inside
    with pytest.raises(FileNotFoundError, match="no i18n folder"):
        data_folder("i18n", package)
