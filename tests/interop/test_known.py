"""What foreign programs say is either explained in README.md or wrong; the table itself must stay true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interop.known import read_known, unexplained
from tests.interop.opencmis import read_report
from tests.interop.part import Finding, Report

TABLE = """| result | run | test | says | reason |
|---|---|---|---|---|
| SKIPPED | plain, own | Unfiling Test | Not supported | By design. |
"""
SKIPPED = Finding(result="SKIPPED", test="Unfiling Test", text="Not supported. Skipped!")


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    path = tmp_path / "README.md"
    path.write_text(TABLE, encoding="utf-8")
    return path


def report(*findings: Finding, name: str = "plain", missing: tuple[str, ...] = ()) -> Report:
    return Report(name=name, summary=[], findings=findings, missing=missing)


def test_what_the_table_explains_is_fine(readme: Path) -> None:
    assert unexplained(report(SKIPPED), read_known(readme)) == []


def test_what_it_does_not_explain_is_wrong(readme: Path) -> None:
    other = Finding(result="WARNING", test="Unfiling Test", text="Not supported")
    assert unexplained(report(SKIPPED, other), read_known(readme)) == ["WARNING, Unfiling Test: Not supported"]
    assert len(unexplained(report(SKIPPED, name="versioned"), read_known(readme))) == 1


def test_a_row_that_is_no_longer_so_is_wrong(readme: Path) -> None:
    assert len(unexplained(report(), read_known(readme))) == 1


def test_what_did_not_run_is_wrong(readme: Path) -> None:
    assert unexplained(report(SKIPPED, missing=("CRUD",)), read_known(readme)) == ["did not run: CRUD"]


@pytest.mark.parametrize("row", ["| FAILURE | plain | A | b | Cannot be helped. |", "| WARNING | plain | A | b | |"])
def test_failures_and_missing_reasons_cannot_stand_in_the_table(readme: Path, row: str) -> None:
    readme.write_text(TABLE + row + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="explained away"):
        read_known(readme)


def test_every_row_of_ours_is_readable() -> None:
    assert read_known()


def test_a_report_of_the_kit_is_read_by_group_test_and_result() -> None:
    bar, line = "=" * 63, "-" * 63
    text = f"""{bar}
Query Test Group (BROWSER)
{bar}
{line}
Invalid Query Test (BROWSER) (9 ms)
{line}

  FAILURE: Accepted! (InvalidQuery.java:9)
    OK: detail
  OK: Refused.
"""
    (group,) = read_report(text)
    assert (group.tests, dict(group.counts)) == (1, {"FAILURE": 1, "OK": 1})
    (found,) = group.findings
    assert (found.result, found.test, found.text) == (
        "FAILURE",
        "Invalid Query Test",
        "Accepted! (InvalidQuery.java:9)",
    )
