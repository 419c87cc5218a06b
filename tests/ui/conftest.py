"""Stages for tests of the window; all off-screen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clerk_desktop.store.store import Store
from clerk_desktop.system.texts import Texts
from clerk_desktop.ui.application import application
from clerk_desktop.ui.theme import Scheme
from clerk_desktop.workers.host import WorkerHost
from tests.ui.stage import Stage

PATIENCE_MILLISECONDS = 100_000
"""After which something hangs; how long an honest wait takes says how busy the machine is."""
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
MakeStage = Callable[..., Stage]


@pytest.fixture(scope="session")
def host() -> Iterator[WorkerHost]:
    """The worker processes of all stages: starting them for each would cost more than most tests."""
    opened = WorkerHost()
    yield opened
    opened.close()


class PatientBot(QtBot):
    """Gives up later than after five seconds, unless told otherwise."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MILLISECONDS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MILLISECONDS, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE_MILLISECONDS) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def stages(qtbot: QtBot, tmp_path: Path, host: WorkerHost) -> Iterator[MakeStage]:
    """Return a maker of stages, in German and light unless told otherwise; all are closed at the end."""
    made: list[Stage] = []

    def make(
        name: str = "home", language: str = "de", scheme: Scheme = Scheme.LIGHT, kind: type[Store] = Store
    ) -> Stage:
        application(Texts.for_language(language), scheme)
        stage = Stage(tmp_path / name, language, host, kind)
        made.append(stage)
        return stage

    yield make
    for stage in made:
        stage.close()


@pytest.fixture
def stage(stages: MakeStage) -> Stage:
    """Return one German stage of a signed-in clerk."""
    return stages().signed_in()
