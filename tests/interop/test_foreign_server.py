"""What pytest says of the foreign server is summed up: passed, not provable with its reason, failed."""

from __future__ import annotations

from tests.interop.foreign_server import RUNS, read_results

XML = """<testsuites><testsuite>
<testcase classname="tests.contract.test_cases" name="test_a[inmemory-own]"/>
<testcase classname="tests.contract.test_cases" name="test_b[inmemory-own-1]"/>
<testcase classname="tests.contract.test_towns" name="test_c[inmemory-own]">
<skipped type="pytest.xfail" message="no rights there"/></testcase>
<testcase classname="tests.contract.test_towns" name="test_d[inmemory-own]">
<failure message="[XPASS(strict)]"/></testcase>
</testsuite></testsuites>"""


def test_results_are_told_apart() -> None:
    report = read_results("inmemory-own", XML)
    assert [line.split() for line in report.summary[:1]] == [["test_cases", "2", "passed"]]
    assert report.summary[1:] == ["not provable: test_towns: test_c\n    no rights there"]
    assert [(found.result, found.test) for found in report.findings] == [
        ("FAILURE", "test_towns: test_d[inmemory-own]")
    ]
    assert report.missing == []


def test_a_run_that_proves_nothing_is_wrong() -> None:
    assert read_results("main job", "<testsuites/>").missing == ["nothing was proven"]


def test_both_mappings_and_the_main_job_run() -> None:
    assert set(RUNS) == {"inmemory-own", "inmemory-plain", "main job"}
