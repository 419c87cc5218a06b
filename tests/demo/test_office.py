"""The data of the sample office: plausible, repeatable, and in step with the sample letters."""

import hashlib
import itertools
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from clerk_desktop.demo.filing_plan import DOCUMENT_TYPES, FILING_PLAN
from clerk_desktop.demo.known_cases import KNOWN_CASES
from clerk_desktop.demo.letters import ReferencePlace, all_letters
from clerk_desktop.demo.office import CaseContent, Numbers, counters, large_office, sample_cases
from clerk_desktop.demo.people import PEOPLE, PersonRole, clerks
from clerk_desktop.demo.text_pdf import Line, advance, broken, printable, text_pdf
from clerk_desktop.demo.topics import ANSWERS, TOPICS
from clerk_desktop.model.case import CaseStatus, Confidentiality
from clerk_desktop.model.municipality import MUNICIPALITIES

TODAY = date(2026, 11, 23)
OFFICE = sample_cases(TODAY)
PLAN = {entry.number for entry in FILING_PLAN}
TOWNS = [town.key for town in MUNICIPALITIES]


def of_town(town: str) -> list[CaseContent]:
    return [content for content in OFFICE if content.case.municipality == town]


def test_the_filing_plan_has_about_forty_numbers_in_order() -> None:
    numbers = [entry.number for entry in FILING_PLAN]
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 40
    assert all(entry.title for entry in FILING_PLAN)


def test_every_town_has_enough_cases_and_every_case_documents() -> None:
    assert len(OFFICE) >= 80
    assert all(len(of_town(town)) >= 15 for town in TOWNS)
    assert all(content.documents for content in OFFICE)
    assert sum(len(content.documents) for content in OFFICE) >= 2 * len(OFFICE)


def test_no_case_number_is_given_twice_over_all_towns() -> None:
    numbers = [content.case.case_number for content in OFFICE]
    assert len(set(numbers)) == len(numbers)
    assert all(number.partition("-")[0] in PLAN for number in numbers)


def test_the_year_of_a_number_is_the_year_the_case_was_opened() -> None:
    for content in OFFICE:
        assert content.case.opened_on is not None
        assert f"-{content.case.opened_on.year}/" in content.case.case_number
        assert content.case.opened_on <= TODAY


def test_no_two_cases_have_the_same_subject_or_identity() -> None:
    assert len({content.case.subject for content in OFFICE}) == len(OFFICE)
    ids = [content.case.case_id for content in OFFICE]
    documents = [sample.document.document_id for content in OFFICE for sample in content.documents]
    assert len(set(ids) | set(documents)) == len(ids) + len(documents)


def test_the_cases_that_letters_name_are_there_and_open() -> None:
    cases = {content.case.case_number: content.case for content in OFFICE}
    for known in KNOWN_CASES:
        assert cases[known.number].subject == known.subject
        assert cases[known.number].municipality == known.municipality
        assert cases[known.number].status is CaseStatus.OPEN


def test_a_misprinted_number_is_nobodys_number() -> None:
    numbers = {content.case.case_number for content in OFFICE}
    truths = [letter.truth for letter in all_letters()]
    misprints = {truth.our_reference for truth in truths if truth.reference_place is ReferencePlace.MISPRINT}
    assert misprints
    assert not misprints & numbers


def test_a_case_is_worked_on_by_a_clerk_of_its_town() -> None:
    for content in OFFICE:
        assert content.case.assignee in {person.account for person in clerks(content.case.municipality)}


def test_dates_fit_the_status() -> None:
    for case in (content.case for content in OFFICE):
        assert (case.closed_on is not None) == (case.status is CaseStatus.CLOSED)
        assert (case.resubmit_on is not None) == (case.status is CaseStatus.WAITING)
        assert case.due_on is None or case.status is CaseStatus.OPEN
        for day in (case.due_on, case.resubmit_on, case.opened_on, case.closed_on):
            assert day is None or day.isoweekday() <= 5, (case.case_number, day)
    assert {content.case.status for content in OFFICE} == set(CaseStatus)
    assert any(content.case.due_on is not None and content.case.due_on < TODAY for content in OFFICE)


def test_documents_fit_their_case() -> None:
    for content in OFFICE:
        for sample in content.documents:
            document = sample.document
            assert document.case_id == content.case.case_id
            assert document.municipality == content.case.municipality
            assert document.document_type in DOCUMENT_TYPES
            assert document.sha256 == hashlib.sha256(sample.content).hexdigest()
            assert document.length == len(sample.content)
            assert document.received_on is not None
            assert content.case.opened_on is not None
            assert content.case.opened_on <= document.received_on <= TODAY


def test_social_data_are_protected() -> None:
    for case in (content.case for content in OFFICE):
        if case.filing_plan_number.startswith("50."):
            assert case.confidentiality is Confidentiality.PERSONAL


def test_the_same_day_gives_the_same_office_and_another_seed_another_one() -> None:
    assert sample_cases(TODAY) == OFFICE
    assert sample_cases(TODAY, seed=7) != OFFICE


def test_an_office_of_an_earlier_day_opens_nothing_in_the_future() -> None:
    day = date(2026, 6, 1)
    assert all(content.case.opened_on <= day for content in sample_cases(day) if content.case.opened_on)


def test_counters_stand_at_the_highest_number_given() -> None:
    found = counters(OFFICE)
    assert found["32.10", 2026] >= 18
    assert all(
        f"{plan}-{year}/{value:03d}" in {c.case.case_number for c in OFFICE} for (plan, year), value in found.items()
    )


def test_numbers_skip_those_that_are_taken() -> None:
    numbers = Numbers({"32.10-2026/002"})
    assert [numbers.next("32.10", 2026, 1) for _ in range(3)] == ["32.10-2026/001", "32.10-2026/003", "32.10-2026/004"]
    assert numbers.next("32.10", 2027, 1) == "32.10-2027/001"


def test_the_people_are_the_demo_users_and_have_deputies_of_their_town() -> None:
    people = {person.account: person for person in PEOPLE}
    wanted = {f"{kind}.{town}" for kind in ("post", "clerk1", "clerk2") for town in TOWNS} | {"admin"}
    assert set(people) == wanted
    assert len({person.name for person in PEOPLE}) == len(PEOPLE)
    for person in PEOPLE:
        if person.deputy:
            assert people[person.deputy].municipality == person.municipality
        assert (PersonRole.ADMIN in person.roles) == (person.municipality == "")


def test_topics_use_numbers_and_types_that_exist() -> None:
    assert {topic.plan for topic in TOPICS} <= PLAN
    assert {topic.document for topic in TOPICS} | {kind for kind, _, _ in ANSWERS} <= set(DOCUMENT_TYPES)


def test_a_large_office_comes_one_case_at_a_time_and_has_what_was_asked_for() -> None:
    contents = list(large_office(TODAY, cases=300, documents=1_000))
    assert len({content.case.case_number for content in contents}) == 300
    assert len({content.case.subject for content in contents}) == 300
    assert sum(len(content.documents) for content in contents) == 1_000
    endless = large_office(TODAY, cases=10**9, documents=10**9)
    assert [content.case for content in itertools.islice(endless, 2)]


def test_text_of_a_written_pdf_is_found_again(tmp_path: Path) -> None:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("PDFTOTEXT IS NOT INSTALLED: the text of PDF files was not read back")
    path = tmp_path / "letter.pdf"
    lines = [
        Line(x=71, y=700, text="Bescheid (§ 12) für Ärzte \\ 30,70 € – „sofort“"),
        Line(x=71, y=680, text="zwei", bold=True),
    ]
    path.write_bytes(text_pdf([lines, [Line(x=71, y=700, text="Seite 2")]], title="Gebührenbescheid"))
    text = subprocess.run([pdftotext, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True).stdout.decode()
    assert text.split("\f")[0].split("\n")[0] == lines[0].text
    assert "Seite 2" in text.split("\f")[1]


def test_written_pdf_files_are_sound(tmp_path: Path) -> None:
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("QPDF IS NOT INSTALLED: written PDF files were not checked")
    for index, sample in enumerate(OFFICE[0].documents):
        path = tmp_path / f"{index}.pdf"
        path.write_bytes(sample.content)
        subprocess.run([qpdf, "--check", str(path)], check=True, capture_output=True)


def test_lines_are_broken_where_the_page_ends() -> None:
    lines = broken("Das Grundstück liegt im vorläufig gesicherten Überschwemmungsgebiet der Emmer", 150, 11)
    assert len(lines) > 1
    assert all(advance(line, 11) <= 150 for line in lines)


def test_names_that_the_font_cannot_write_lose_their_marks_only() -> None:
    assert printable("Ayşe Yılmaz, Müller & Søren – 5 €") == "Ayse Yilmaz, Müller & Søren – 5 €"


def test_documents_of_the_next_day_are_not_there_yet() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert all(sample.document.received_on != tomorrow for content in OFFICE for sample in content.documents)
