"""Taking a case along and working on it without a server, through the command line alone."""

from __future__ import annotations

from pathlib import Path

from tests.cli.station import Station, served


def case_with_documents(station: Station) -> str:
    """The number of a case of the demo office that has documents."""
    for case in station.json("cases"):
        if station.json("case", "show", case["caseNumber"])["documents"]:
            return str(case["caseNumber"])
    raise AssertionError("the demo office has no case with documents")


def test_a_pinned_case_is_read_and_worked_on_while_the_server_is_away(tmp_path: Path) -> None:
    home = Station(home=tmp_path / "home")
    with served() as url:
        home.log_in(url, "clerk1.blomberg")
        home.run("sync", "--once")
        number = case_with_documents(home)
        missing = len(home.json("case", "show", number)["documents"])
        pin = home.json("case", "pin", number)
        assert (pin["caseNumber"], pin["missing"]) == (number, missing)
        home.run("sync", "--once")
    shown = home.json("case", "show", number)
    assert (shown["offline"]["missing"], shown["offline"]["problem"]) == (0, "")
    assert shown["offline"]["bytes"] > 0
    assert [case["caseNumber"] for case in home.json("cases") if case["pinned"]] == [number]
    letter = shown["documents"][0]["documentId"]
    home.run("export", letter, "--out", str(tmp_path / "letter.pdf"))
    assert (tmp_path / "letter.pdf").read_bytes()[:4] == b"%PDF"
    home.run("case", "dispose", number, "Wv.", "--on", "2026-12-09", "--text", "Rückruf abwarten")
    home.run("case", "dispose", number, "Mitzeichnung", "--document", letter)
    home.run("case", "dispose", number, "zK", "--to", "clerk2.blomberg")
    home.run("case", "dispose", number, "Wv.", expect=2)
    home.run("case", "dispose", number, "Umlauf", expect=2)
    events = home.json("case", "show", number)["events"][-3:]
    assert [event["kind"] for event in events] == ["resubmission", "co-signature", "for-information"]
    assert (events[0]["targetDate"], events[2]["targetUser"]) == ("2026-12-09", "clerk2.blomberg")
    home.run("case", "unpin", number)
    assert home.json("case", "show", number)["offline"] is None
    home.run("export", letter, "--out", str(tmp_path / "again.pdf"), expect=4)
