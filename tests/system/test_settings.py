"""What can be set, by whom, and what is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from clerk_desktop.model.errors import SettingLocked, SettingsDamaged, WrongUsage
from clerk_desktop.system.settings import (
    LANGUAGE,
    LOG_LEVEL,
    PROXY,
    QUIET_SECONDS,
    TABLE,
    TESSDATA,
    WORKERS,
    Origin,
    Setting,
    SettingsFiles,
    setting_named,
)
from clerk_desktop.system.texts import Texts


@pytest.fixture
def files(tmp_path: Path) -> SettingsFiles:
    return SettingsFiles(tmp_path / "settings.toml", tmp_path / "policy.toml")


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_every_setting_can_hold_its_own_default_and_has_a_text(files: SettingsFiles, setting: Setting[Any]) -> None:
    assert setting.checked(setting.default) == setting.default
    assert setting.text
    assert setting_named(setting.name) is setting
    assert files.load().value(setting) == setting.default
    assert files.load().origin(setting) is Origin.DEFAULT


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_the_meaning_of_every_setting_is_said_in_german(setting: Setting[Any]) -> None:
    assert Texts.for_language("de").gettext(setting.text) != setting.text


def test_policy_goes_before_user_and_user_before_default(files: SettingsFiles, tmp_path: Path) -> None:
    files.put(QUIET_SECONDS, 5.0)
    (tmp_path / "policy.toml").write_text("workers = 2\n")
    settings = files.load()
    assert (settings.value(QUIET_SECONDS), settings.origin(QUIET_SECONDS)) == (5.0, Origin.USER)
    assert (settings.value(WORKERS), settings.origin(WORKERS)) == (2, Origin.POLICY)
    (tmp_path / "policy.toml").write_text("quiet_seconds = 9\n")
    assert files.load().value(QUIET_SECONDS) == 9.0


def test_what_the_policy_fixes_cannot_be_set(files: SettingsFiles, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("workers = 2\n")
    with pytest.raises(SettingLocked):
        files.put(WORKERS, 3)
    assert not (tmp_path / "settings.toml").exists()


def test_a_setting_is_kept_and_goes_back_to_its_default(files: SettingsFiles) -> None:
    files.put(TESSDATA, 'C:\\Daten "alt"\x7f\n[x]')
    files.put(LANGUAGE, "de")
    assert files.load().value(TESSDATA) == 'C:\\Daten "alt"\x7f\n[x]'
    assert files.put(TESSDATA, None).value(TESSDATA) == ""
    assert files.load().value(LANGUAGE) == "de"


@pytest.mark.parametrize("file", ["settings.toml", "policy.toml"])
@pytest.mark.parametrize(
    "content",
    [
        "quiet = 3",
        "quiet_seconds = 'x'",
        "workers = 1.5",
        "workers = true",
        "workers = -1",
        "language = 'fr'",
        "a =",
        "\xff",
    ],
)
def test_unknown_names_and_wrong_values_are_errors(
    files: SettingsFiles, tmp_path: Path, file: str, content: str
) -> None:
    (tmp_path / file).write_bytes(content.encode("latin-1"))
    with pytest.raises(WrongUsage):
        files.load()


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        (QUIET_SECONDS, "4", 4.0),
        (QUIET_SECONDS, " 0.5 ", 0.5),
        (WORKERS, "3", 3),
        (PROXY, "http://p:3128", "http://p:3128"),
    ],
)
def test_a_typed_text_becomes_a_value(setting: Setting[Any], text: str, value: object) -> None:
    parsed = setting.parsed(text)
    assert (parsed, type(parsed)) == (value, type(value))


@pytest.mark.parametrize(
    ("setting", "text"),
    [(WORKERS, "many"), (WORKERS, "1.5"), (QUIET_SECONDS, "nan"), (QUIET_SECONDS, "0"), (LOG_LEVEL, "x")],
)
def test_a_text_that_is_no_value_is_refused(setting: Setting[Any], text: str) -> None:
    with pytest.raises(WrongUsage):
        setting.parsed(text)


def test_the_file_is_toml_that_others_can_read(files: SettingsFiles, tmp_path: Path) -> None:
    files.put(WORKERS, 2)
    files.put(TESSDATA, "/usr/share/täss")
    assert tomllib.loads((tmp_path / "settings.toml").read_text()) == {"workers": 2, "tessdata": "/usr/share/täss"}


@pytest.mark.parametrize("name", ["settings.toml", "policy.toml"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(SettingsDamaged) as told:
        SettingsFiles(tmp_path / "settings.toml", tmp_path / "policy.toml").load()
    assert told.value.fields == {"what": name}
