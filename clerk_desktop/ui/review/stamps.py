"""The stamps that a person chooses from, and what each says; one may set the case's status with it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from clerk_desktop.model.annotation import EINGANG, ERLEDIGT, GEPRUEFT, KOPIE
from clerk_desktop.model.errors import ClerkError
from clerk_desktop.model.ids import DocumentId
from clerk_desktop.model.marking import SetCase
from clerk_desktop.system.clock import office_day, office_zone
from clerk_desktop.system.settings import OWN_STAMPS
from clerk_desktop.ui.words import day_text
from clerk_desktop.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is to stand on the page, and what becomes of the case in the same step."""

    text: str
    closing: SetCase | None = None


def stamps(workplace: Workplace, document_id: DocumentId | None) -> list[tuple[str, Stamp]]:
    """Return titles and stamps, for a document as it lies now, own ones last; reads the store and the settings, of
    which damaged ones name no own stamps.
    """
    _, desk = workplace.texts.gettext, workplace.desk
    today = day_text(office_day(desk.clock.now()))
    account = desk.marks.me()
    name = desk.worklist.names().get(account, account)
    settled = f"{ERLEDIGT}\n{today}"
    choice = [
        (_("Received"), Stamp("\n".join(part for part in (EINGANG, today, desk.standing.town()) if part))),
        (_("Settled"), Stamp(settled)),
    ]
    closing = desk.marks.closing(document_id) if document_id is not None else None
    if closing is not None:
        choice.append((_("Settled, and the case is closed"), Stamp(settled, closing)))
    choice.append((_("A copy"), Stamp(KOPIE)))
    choice.append((_("Checked"), Stamp("\n".join(part for part in (GEPRUEFT, today, name) if part))))
    now = desk.clock.now().astimezone(office_zone())
    filled = {"%date": today, "%time": f"{now:%H:%M}", "%user": name}
    with contextlib.suppress(ClerkError):
        own = own_stamps(desk.settings.load().value(OWN_STAMPS), filled)
        choice += [(text.replace("\n", " · "), Stamp(text)) for text in own]
    return choice


def own_stamps(said: str, filled: Mapping[str, str]) -> tuple[str, ...]:
    """Return the texts of the stamps that a setting names, with the words behind ``%`` filled in."""
    texts = []
    for line in said.splitlines():
        for word, value in filled.items():
            line = line.replace(word, value)
        texts.append("\n".join(part.strip() for part in line.split("|")).strip())
    return tuple(text for text in texts if text)


def ask_stamp(
    workplace: Workplace,
    document_id: DocumentId | None,
    where: tuple[QWidget, QPoint],
    stamped: Callable[[Stamp], None],
) -> None:
    """Read what stamps there are, and let the person choose one ``where``: over a widget, at a place of the screen."""
    parent, place = where

    def ask(choice: list[tuple[str, Stamp]]) -> None:
        menu = QMenu(parent)
        for number, (title, _) in enumerate(choice):
            menu.addAction(title.replace("&", "&&").replace("\t", " ")).setData(number)
        chosen = menu.exec(place)
        menu.deleteLater()
        if chosen is not None:
            stamped(choice[chosen.data()][1])

    workplace.tasks.read(parent, lambda: stamps(workplace, document_id), ask)
