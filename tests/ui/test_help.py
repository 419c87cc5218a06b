"""The page about the first day."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument

from clerk_desktop.system.resources import resources_folder
from clerk_desktop.ui.help import HelpDialog
from clerk_desktop.ui.workplace import Place
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, press, settle


@pytest.mark.parametrize(("language", "words"), [("de", "Der erste Tag"), ("en", "The first day")])
def test_f1_opens_the_first_day_page_in_the_clerks_language(stages: MakeStage, language: str, words: str) -> None:
    session = stages(language=language).signed_in().open()
    press(session.window, Qt.Key.Key_F1)
    (page,) = session.window.findChildren(HelpDialog)
    settle(session)  # the keys are the page's once it is the active window
    assert page.isVisible()
    assert page.page.toPlainText().startswith(words)
    press(page.page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_f1_works_from_every_place_and_opens_one_page_only(stage: Stage) -> None:
    session = stage.open()
    for place in Place:
        session.window.go(place)
        settle(session)
        press(session.window, Qt.Key.Key_F1)
        (page,) = session.window.findChildren(HelpDialog)
        assert page.isVisible()
        press(page.page, Qt.Key.Key_Escape)
        session.window.activateWindow()
        settle(session)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_picture_of_the_page_is_there(stages: MakeStage, language: str) -> None:
    window = stages(language=language).open().window
    press(window, Qt.Key.Key_F1)
    (page,) = window.findChildren(HelpDialog)
    source = (resources_folder() / "help" / f"first-day.{language}.html").read_text(encoding="utf-8")
    pictures = re.findall(r'src="([^"]+)"', source)
    assert pictures
    for name in pictures:
        assert page.page.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl(name)), name
