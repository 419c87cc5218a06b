"""Creates a case on the server; gives it its final number first.

The number is drawn once: it is in the store before the case is created, so that neither a crash nor a lost reply draws
a second one or changes a number that a clerk has seen as final. A crash in between leaves a gap in the numbers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from clerk_desktop.model.baseline import Baseline
from clerk_desktop.model.case import Case
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.outbox import CreateCase, OutboxEntry
from clerk_desktop.sync.channel import INTENT, Channel
from clerk_desktop.sync.witness import Step
from clerk_desktop.system.clock import office_day

TITLE: Final = "Create a case"


def send(channel: Channel, entry: OutboxEntry, operation: CreateCase) -> None:
    """Draw a number and create. Raises ``ServerError``."""
    with channel.store.read() as session:
        case = session.cases.get(operation.case_id)
    if case is None:
        channel.finish(entry.operation_id)
        return
    if not case.number_final:
        case = _number(channel, case)
    intended = channel.intend_case(case)
    channel.keep(channel.backend.create_case(intended), operation.case_id, finish=entry.operation_id)


def final_number(filing_plan_number: str, year: int, running: int) -> str:
    """Return a case number: filing plan number, year, running number of at least four digits."""
    return f"{filing_plan_number}-{year}/{running:04}"


def _number(channel: Channel, case: Case) -> Case:
    """Draw until the number is free here (a counter may have been set back), then keep it in the store."""
    year = (case.opened_on or office_day(channel.now)).year
    while True:
        running = channel.backend.next_number(case.filing_plan_number, year)
        channel.witness(Step.NUMBER_DRAWN, case.case_id)
        number = final_number(case.filing_plan_number, year, running)
        with channel.store.write() as session:
            newest = session.cases.get(case.case_id) or case
            if session.cases.by_number(number) is None:
                numbered = replace(newest, case_number=number, number_final=True)
                session.cases.put(numbered)
                session.baselines.put(Baseline(object_id=case.case_id, kind=ChangeKind.CASE, ref=INTENT, case=numbered))
                break
    channel.witness(Step.NUMBER_KEPT, case.case_id)
    return numbered
