from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from clerk_desktop.backend.cmis import queries

nasty = st.text(alphabet="'\\%_\"-*? aÄ\n", max_size=12) | st.text()


def read_literal(statement: str) -> tuple[str, str]:
    """The value of the literal a statement begins with, and the rest: a reader that knows only the grammar."""
    assert statement[0] == "'"
    value, at = "", 1
    while statement[at] != "'":
        if statement[at] == "\\":
            at += 1
            assert statement[at] in "'\\"
        value += statement[at]
        at += 1
    return value, statement[at + 1 :]


@given(nasty)
def test_a_literal_means_its_value_and_ends_where_it_should(value: str) -> None:
    assert read_literal(queries.literal(value) + " AND x") == (value, " AND x")


@given(nasty, nasty)
def test_no_value_gets_out_of_its_literal(value: str, folder: str) -> None:
    statement = queries.with_value_in_folder(("cmis:objectId",), "t", "c", value, folder)
    before = "SELECT cmis:objectId FROM t WHERE c = "
    assert statement.startswith(before)
    found, rest = read_literal(statement.removeprefix(before))
    assert found == value
    assert rest.startswith(" AND IN_FOLDER(")
    assert read_literal(rest.removeprefix(" AND IN_FOLDER(")) == (folder, ")")


@given(st.datetimes(min_value=datetime(1970, 1, 2), timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))])))
def test_a_timestamp_is_utc_with_milliseconds(moment: datetime) -> None:
    text = queries.timestamp(moment)
    assert re.fullmatch(r"TIMESTAMP '\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z'", text)
    assert moment - datetime.fromisoformat(text[11:-1]) < timedelta(milliseconds=1)
