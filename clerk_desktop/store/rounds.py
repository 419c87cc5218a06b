"""Rounds of background work, counted per role, so that another process can ask for one and read how it ended."""

from __future__ import annotations

from clerk_desktop.model.errors import ExitCode
from clerk_desktop.model.rounds import Round, RoundResult
from clerk_desktop.store.statements import Statements
from clerk_desktop.system.locks import Role

ASKED = "-asked"


class RoundRows:
    """The newest round of each role."""

    def __init__(self, statements: Statements) -> None:
        self._db = statements

    def latest(self, role: Role) -> Round | None:
        """Return the newest round, None before the first."""
        row = self._db.one("SELECT number, exit_code, error FROM rounds WHERE role = ?", (role.value,))
        if row is None:
            return None
        result = None if row[1] is None else RoundResult(exit_code=ExitCode(int(str(row[1]))), error=str(row[2]))
        return Round(number=int(str(row[0])), result=result)

    def ask(self, role: Role) -> None:
        """Note that somebody waits for a round that begins after now."""
        self._db.run("INSERT OR REPLACE INTO rounds (role, number) VALUES (?, 0)", (role.value + ASKED,))

    def is_asked(self, role: Role) -> bool:
        """Tell whether somebody waits for a round that has not begun."""
        return self._db.one("SELECT 1 FROM rounds WHERE role = ?", (role.value + ASKED,)) is not None

    def begin(self, role: Role) -> int:
        """Count a new round and return its number; whoever asked for one by now has it."""
        self._db.run("DELETE FROM rounds WHERE role = ?", (role.value + ASKED,))
        return self._next(role)

    def finish(self, role: Role, number: int, result: RoundResult) -> None:
        """Note how a round ended; a newer one that began meanwhile is left alone."""
        self._db.run(
            "UPDATE rounds SET exit_code = ?, error = ? WHERE role = ? AND number = ?",
            (int(result.exit_code), result.error, role.value, number),
        )

    def note(self, role: Role, result: RoundResult) -> None:
        """Note that a round which nobody asked for ended otherwise than the one before."""
        self.finish(role, self._next(role), result)

    def _next(self, role: Role) -> int:
        latest = self.latest(role)
        number = latest.number + 1 if latest else 1
        self._db.run(
            "INSERT OR REPLACE INTO rounds (role, number, exit_code, error) VALUES (?, ?, NULL, '')",
            (role.value, number),
        )
        return number
