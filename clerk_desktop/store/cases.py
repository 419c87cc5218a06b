"""Cases as the workstation knows them: finding, sorting and filtering by columns with indexes."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import apsw

from clerk_desktop.model.case import Case, CaseFilter, CaseOrder
from clerk_desktop.model.changes import ChangeKind
from clerk_desktop.model.errors import NumberTaken
from clerk_desktop.model.folding import folded
from clerk_desktop.model.ids import CaseId
from clerk_desktop.store.rows import Cell, shape
from clerk_desktop.store.statements import Statements

if TYPE_CHECKING:
    from clerk_desktop.model.known_number import KnownNumber
    from clerk_desktop.store.search import SearchIndex

DIGITS = re.compile(r"\d+")
DIGIT_WIDTH = 10
LAST = "~"  # behind every digit
NAMED = "WITH named (account, name) AS MATERIALIZED (SELECT key, value FROM json_each(?)) "
EXTRA = ("number_sort", "subject_sort", "assignee_sort", "due_sort", "resubmit_sort", "number_key")
ORDERS = {
    CaseOrder.NUMBER: ("number_sort",),
    CaseOrder.SUBJECT: ("subject_sort", "number_sort"),
    CaseOrder.ASSIGNEE: ("assignee_sort", "number_sort"),
    CaseOrder.STATUS: ("status", "number_sort"),
    CaseOrder.MUNICIPALITY: ("municipality", "number_sort"),
    CaseOrder.DUE_ON: ("due_sort", "number_sort"),
    CaseOrder.RESUBMIT_ON: ("resubmit_sort", "number_sort"),
}


def natural(number: str) -> str:
    """Return a case number as it is sorted: running numbers by value."""
    return DIGITS.sub(lambda match: match[0].lstrip("0").rjust(DIGIT_WIDTH, "0"), folded(number))


class CaseRows:
    """The cases of a session. ``index`` is asked for by what writes only."""

    def __init__(self, statements: Statements, index: Callable[[], SearchIndex]) -> None:
        self._db = statements
        self._index = index
        self._shape = shape(Case)

    def get(self, case_id: CaseId) -> Case | None:
        """Return a case by our id."""
        return self._first("case_id = ?", case_id)

    def by_number(self, number: str) -> Case | None:
        """Return a case by its number, spelled exactly."""
        return self._first("case_number = ?", number)

    def put(self, case: Case) -> None:
        """Keep a case, new or changed. Raises ``NumberTaken`` when another case has its number."""
        sql = f"{self._shape.upsert('cases', EXTRA)} RETURNING rowid"
        try:
            (place,) = self._db.run_returning(sql, self._cells(case))
        except apsw.ConstraintError as error:
            if "cases.case_number" in str(error):
                raise NumberTaken(number=case.case_number) from error
            raise
        self._index().put_case(place, case)
        self._db.note(ChangeKind.CASE, case.case_id)

    def put_new(self, cases: Sequence[Case]) -> None:
        """Keep many cases that are not known yet; their words wait to be indexed.

        Their numbers must be free (``taken``).
        """
        with self._index().later("cases"):
            self._db.run_many(self._shape.insert("cases", EXTRA), map(self._cells, cases))
        for case in cases:
            self._db.note(ChangeKind.CASE, case.case_id)

    def taken(self, numbers: Sequence[str]) -> frozenset[str]:
        """Return which of these case numbers a case has already."""
        sql = "SELECT case_number FROM cases WHERE case_number IN (SELECT value FROM json_each(?))"
        return frozenset(number for (number,) in self._db.all(sql, (json.dumps(list(numbers)),)))

    def remove(self, case_id: CaseId) -> None:
        """Forget a case; one that is not there is fine. Its documents and events stay."""
        place = self.place_of(case_id)
        if place is not None:
            self._db.run("DELETE FROM cases WHERE rowid = ?", (place,))
            self._index().remove_case(place)
            self._db.note(ChangeKind.CASE, case_id)

    def find(
        self,
        wanted: CaseFilter,
        offset: int = 0,
        limit: int = 200,
        order: CaseOrder = CaseOrder.NUMBER,
        descending: bool = False,
        names: Mapping[str, str] | None = None,
    ) -> tuple[Case, ...]:
        """Return a page of the cases that match, sorted; cases that are alike are sorted by number.

        ``names``: of people by account, for the words of the filter.
        """
        sql, cells = self._page(wanted, order, descending, names or {})
        return tuple(map(self._shape.value, self._db.all(sql, (*cells, limit, offset))))

    def ordered(
        self,
        wanted: CaseFilter,
        order: CaseOrder = CaseOrder.NUMBER,
        descending: bool = False,
        names: Mapping[str, str] | None = None,
    ) -> Sequence[int]:
        """Return where all cases that match lie in this store, sorted: 8 bytes a case; ``at`` reads them.

        0.1 s for 100,000. A case keeps its place as long as the store has it. ``names``: of people by account, for the
        words of the filter and the order of assignees.
        """
        known = names or {}
        where, cells = _where(wanted, known)
        by, listed = _by(order, descending), ""
        if order is CaseOrder.ASSIGNEE and known:
            called = {folded(account): folded(name) for account, name in known.items()}
            listed, cells = NAMED, (json.dumps(called), *cells)
            by = by.replace("assignee_sort", "coalesce(named.name, assignee_sort)", 1)
        joined = " LEFT JOIN named ON named.account = assignee_sort" if listed else ""
        inner = f"SELECT cases.rowid AS place FROM cases{joined}{where} ORDER BY {by}"  # noqa: S608 - our names
        row = self._db.one(f"{listed}SELECT group_concat(place, ' ') FROM ({inner})", cells)  # noqa: S608
        return array("q", map(int, row[0].split())) if row is not None and row[0] else array("q")

    def at(self, places: Sequence[int]) -> dict[int, Case]:
        """Return the cases at these places; 0.1 ms for a screenful. One that was forgotten is missing."""
        names = self._shape.names
        sql = f"SELECT rowid, {names} FROM cases WHERE rowid IN (SELECT value FROM json_each(?))"  # noqa: S608
        return {place: self._shape.value(row) for place, *row in self._db.all(sql, (json.dumps(list(places)),))}

    def place_of(self, case_id: CaseId) -> int | None:
        """Return where a case lies in this store, None for an unknown one."""
        row = self._db.one("SELECT rowid FROM cases WHERE case_id = ?", (case_id,))
        return None if row is None else int(row[0])

    def plan(self, wanted: CaseFilter, order: CaseOrder = CaseOrder.NUMBER) -> tuple[str, ...]:
        """Return how the database goes about ``find``, for measuring."""
        sql, cells = self._page(wanted, order, descending=False, names={})
        return tuple(row[-1] for row in self._db.all(f"EXPLAIN QUERY PLAN {sql}", (*cells, 50, 0)))

    def count(self, wanted: CaseFilter) -> int:
        """Return how many cases match."""
        where, cells = _where(wanted, {})
        row = self._db.one(f"SELECT count(*) FROM cases{where}", cells)  # noqa: S608 - our names
        return int(row[0]) if row else 0

    def numbers(self) -> tuple[KnownNumber, ...]:
        """Return all known case numbers, in no special order; 0.4 s for 100,000, so keep the answer."""
        from clerk_desktop.model.known_number import KnownNumber

        rows = self._db.all("SELECT case_id, case_number, municipality FROM cases ORDER BY rowid")
        return tuple(
            KnownNumber(case_id=case_id, case_number=number, municipality=town) for case_id, number, town in rows
        )

    def by_municipality(self) -> dict[str, int]:
        """Return how many cases each municipality has, by its key."""
        return dict(self._db.all("SELECT municipality, count(*) FROM cases GROUP BY municipality"))

    def pinned(self) -> tuple[Case, ...]:
        """Return the cases that are kept with their content, by number."""
        return self.find(CaseFilter(pinned=True), limit=-1)

    def _page(
        self, wanted: CaseFilter, order: CaseOrder, descending: bool, names: Mapping[str, str]
    ) -> tuple[str, tuple[Cell, ...]]:
        """First the page by the narrow index alone, then its rows; limit and offset are the last cells."""
        where, cells = _where(wanted, names)
        by = _by(order, descending)
        return (
            f"SELECT {self._shape.names} FROM cases WHERE rowid IN"  # noqa: S608 - our names
            f" (SELECT rowid FROM cases{where} ORDER BY {by} LIMIT ? OFFSET ?) ORDER BY {by}",
            cells,
        )

    def _cells(self, case: Case) -> tuple[Cell, ...]:
        return (
            *self._shape.cells(case),
            natural(case.case_number),
            folded(case.subject),
            folded(case.assignee),
            _day_sort(case.due_on),
            _day_sort(case.resubmit_on),
            folded(case.case_number),
        )

    def _first(self, condition: str, cell: str) -> Case | None:
        row = self._db.one(f"SELECT {self._shape.names} FROM cases WHERE {condition}", (cell,))  # noqa: S608
        return None if row is None else self._shape.value(row)


def _by(order: CaseOrder, descending: bool) -> str:
    """Return the columns to sort by; the last one settles what else is alike, so that pages and lists agree."""
    return ", ".join(column + (" DESC" if descending else "") for column in (*ORDERS[order], "cases.rowid"))


def _day_sort(day: date | None) -> str:
    return LAST if day is None else day.isoformat()


def _where(wanted: CaseFilter, names: Mapping[str, str]) -> tuple[str, tuple[Cell, ...]]:
    parts: list[str] = []
    cells: list[Cell] = []

    def require(condition: str, *values: Cell) -> None:
        parts.append(condition)
        cells.extend(values)

    for word in folded(wanted.text).split():
        called = [folded(account) for account, name in names.items() if word in folded(name)]
        places = ", ".join("?" * len(called))
        somebody = f" OR assignee_sort IN ({places})" if called else ""
        anywhere = "instr(number_key, ?) OR instr(subject_sort, ?) OR instr(assignee_sort, ?)"
        require(f"({anywhere}{somebody})", word, word, word, *called)
    if wanted.assignee:
        require("assignee_sort = ?", folded(wanted.assignee))
    if wanted.due_by is not None:
        require("due_sort <= ?", wanted.due_by.isoformat())
    if wanted.resubmit_by is not None:
        require("resubmit_sort <= ?", wanted.resubmit_by.isoformat())
    if wanted.pressing_by is not None:
        require("min(due_sort, resubmit_sort) <= ?", wanted.pressing_by.isoformat())
    if wanted.status is not None:
        require("status = ?", wanted.status.value)
    if wanted.municipality:
        require("municipality = ?", wanted.municipality)
    if wanted.pinned is not None:
        require("pinned = 1" if wanted.pinned else "pinned = 0")
    return (" WHERE " + " AND ".join(parts) if parts else ""), tuple(cells)
