"""Whatever goes through an office, and however it goes wrong: no name, no subject, no number stands in a log."""

from __future__ import annotations

from pathlib import Path

import pytest

from clerk_desktop.model.conflict import Side
from clerk_desktop.model.disposition import Disposition
from clerk_desktop.model.errors import ClerkError, ServerFault
from clerk_desktop.model.event import EventKind
from clerk_desktop.system.logs import logging_to
from clerk_desktop.usecases.dispositions import Dispositions
from tests.office.office import Office
from tests.office.serverside import ServerSide

NAMES = (
    "Mustermann-Öztürk",
    "Erika",
    "Hundesteuer",
    "Rückruf",
    "Brückenweg",
    "sekretariat.anna",
    "sachbearbeitung.bert",
    "32.41-2026",
    "Geheimnis",
)


def test_names_that_go_through_the_office_reach_no_log(office: Office[ServerSide], tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    with logging_to(tmp_path / "logs", "office", "debug") as path:
        anna, bert = office.station("sekretariat.anna"), office.station("sachbearbeitung.bert")
        case_id = anna.open_case("Hundesteuer Mustermann-Öztürk, Brückenweg 7")
        [letter, second] = anna.scan(b"Erika Mustermann-Geheimnis", subject="Widerspruch Mustermann-Öztürk", parts=2)
        office.settle()
        anna.file(letter, case_id, sender="Erika Mustermann-Öztürk")
        anna.mark(letter, "Rückruf Erika Mustermann-Öztürk")
        orders = Dispositions(anna.store, office.clock)
        orders.dispose_by_id(
            case_id, Disposition(kind=EventKind.FOR_ACTION, to="sachbearbeitung.bert", text="Rückruf Erika")
        )
        bert.pin(case_id)
        for name in ("update_document", "deposit", "put_annotations", "add_event"):
            anna.net.fail[name] = [ServerFault()]
        anna.net.lose.append("move")
        anna.sync()
        anna.edit_case(case_id, subject="Hundesteuer Erika")
        bert.edit_case(case_id, subject="Brückenweg Geheimnis")
        office.settle()
        for station in (anna, bert):
            for conflict in station.conflicts():
                station.resolve(conflict, Side.MINE)
        bert.index(second, sender="Mustermann-Öztürk")
        office.server.delete(second)
        office.settle()
        anna.net.down = True
        anna.sync()
        anna.net.down, anna.net.signed_in = False, False
        anna.sync()
        bert.unpin(case_id)
        office.settle()
        with pytest.raises(ClerkError):
            orders.dispose("32.41-2026/9999", Disposition(kind=EventKind.TO_FILES))
    told = path.read_text(encoding="utf-8")
    assert {"action=push", "action=pull", "action=retention"} <= set(told.split())
    assert [name for name in NAMES if name.lower() in told.lower()] == []
