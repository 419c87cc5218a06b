"""What the window's frame tells at every moment: the connection, and how much waits in each place."""

from __future__ import annotations

from datetime import date

from clerk_desktop.model.case import CaseFilter, CaseStatus
from clerk_desktop.model.counts import Counts
from clerk_desktop.model.errors import ExitCode, WorkersClosed
from clerk_desktop.model.rounds import RoundResult
from clerk_desktop.model.standing import Link, Standing
from clerk_desktop.store.store import Store
from clerk_desktop.system.locks import Role
from clerk_desktop.usecases.people import actor, town_of


class WhatStands:
    """Reads the standing from the store; asks no server."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: RoundResult | None = None
        self._hindered = ""

    def standing(self) -> Standing:
        """Return connection and outbox as the last exchange left them."""
        with self._store.read() as session:
            count = session.outbox.count()
            held = len(session.ledger.held())
            latest = session.rounds.latest(Role.SYNC)
            taken_in = session.rounds.latest(Role.INTAKE)
            signed_in = session.account.get() is not None
        if taken_in is not None and taken_in.result is not None:
            self._hindered = taken_in.result.error
        if latest is not None and latest.result is not None:
            self._last = latest.result  # while a round runs, the one before it still holds
        link = _link(self._last, count.waiting, count.needs_help) if signed_in else Link.ALONE
        error = self._last.error if signed_in and self._last is not None else ""
        return Standing(
            link=link,
            waiting=count.waiting,
            needs_help=count.needs_help + held,
            error=error,
            intake="" if self._hindered == WorkersClosed.__name__ else self._hindered,  # the program ended, no more
        )

    def counts(self, today: date) -> Counts:
        """Return how much lies in each place; ``today`` decides which resubmissions are due."""
        with self._store.read() as session:
            me = actor(session)
            mine = CaseFilter(assignee=me, status=CaseStatus.OPEN)
            due = CaseFilter(assignee=me, resubmit_by=today)
            held = len(session.ledger.held())
            return Counts(
                inbox=session.documents.count_inbox() + held,
                mine=session.cases.count(mine) if me else 0,
                resubmissions=session.cases.count(due) if me else 0,
                needs_help=session.outbox.count().needs_help + held,
            )

    def town(self) -> str:
        """Return the title of the signed-in user's town, "" where nothing tells it."""
        with self._store.read() as session:
            town = town_of(session)
        return town.title if town else ""


def _link(last: RoundResult | None, waiting: int, needs_help: int) -> Link:
    code = last.exit_code if last is not None else None
    if code is ExitCode.NOT_SIGNED_IN:
        return Link.SIGN_IN
    if code in (ExitCode.UNREACHABLE, ExitCode.FAILED):
        return Link.OFFLINE
    if needs_help:
        return Link.HELP
    if code is None:
        return Link.UNTRIED
    return Link.SENDING if waiting else Link.ONLINE
