"""The Qt application: style, look after the system, Qt's own German texts."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from clerk_desktop.system.texts import Language, Texts
from clerk_desktop.ui.theme import Scheme, dress

log = logging.getLogger(__name__)
PROGRAM = "clerk-desktop"
STYLE = "Fusion"
LEAST_POINTS = 10.0
LOCALES = {
    Language.GERMAN: QLocale("de_DE"),
    Language.ENGLISH: QLocale("en_GB"),
}


def application(texts: Texts, scheme: Scheme) -> QApplication:
    """Return the program's one application, made at the first call, in that look and language."""
    made = QCoreApplication.instance()
    if isinstance(made, QApplication):
        program = made
        program.setStyle(STYLE)
    else:
        program = QApplication([PROGRAM, "-style", STYLE])  # ``setStyle`` would make a QStyle with its Enums
    program.setApplicationName(PROGRAM)
    program.setDesktopFileName(PROGRAM)
    program.setQuitOnLastWindowClosed(False)
    speak(program, texts.language)
    font = QFont(program.font())
    if font.pointSizeF() < LEAST_POINTS:
        font.setPointSizeF(LEAST_POINTS)
        program.setFont(font)
    wear(program, scheme)
    sys.excepthook = _log_unforeseen
    return program


def wear(program: QApplication, scheme: Scheme) -> None:
    """Give the program a look, and follow the system where the scheme says so."""
    dress(program, scheme)
    hints = QGuiApplication.styleHints()
    program.setProperty("scheme", scheme.value)
    if program.property("follows") is None:
        program.setProperty("follows", True)
        for changed in (hints.colorSchemeChanged, hints.accessibility().contrastPreferenceChanged):
            changed.connect(lambda _: dress(program, Scheme(program.property("scheme"))))


def speak(program: QApplication, language: Language) -> None:
    """Use dates and Qt's own texts (buttons of dialogs) of a language."""
    locale = LOCALES[language]
    QLocale.setDefault(locale)
    spoken = program.property("translator")
    if isinstance(spoken, QTranslator):
        program.removeTranslator(spoken)
        spoken.deleteLater()
    translator = QTranslator(program)
    program.setProperty("translator", translator)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        program.installTranslator(translator)


def _log_unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.error("unforeseen: %s", kind.__name__, extra={"action": "window"}, exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)
