"""Whatever is sent: an answer of the protocol, a repository that is whole afterwards, and no way into another town."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.consistency import faults_in
from tests.server.fuzzing import Fuzzer, Known
from tests.server.office import Caller, Office, opened_office

SECRET = "Geheimsache"
NEIGHBOURS = ("Akten/Lügde", "Posteingang/Lügde")
FEW, MANY, RESTOCK_EVERY = 400, 20_000, 100


def fill(office: Office) -> Known:
    """Put something into the folders of both towns; return the ids of everything, which an attacker keeps in mind."""
    ids = [office.caller("admin").at("").id]
    for user, town, subject in (("clerk.blomberg", "Blomberg", "Antrag"), ("clerk.luegde", "Lügde", SECRET)):
        clerk = office.caller(user)
        cases, inbox = clerk.at(f"Akten/{town}").id, clerk.at(f"Posteingang/{town}").id
        case = clerk.create_folder(cases, f"{subject} 1-26", participants=[subject]).id
        documents = [
            clerk.create_document(place, f"{subject} {number}.pdf", subject.encode() * 9, subject=subject).id
            for place in (case, inbox)
            for number in range(3)
        ]
        ids += [cases, inbox, case, *documents, clerk.post("checkOut", documents[0]).id]
    return Known(lasting=tuple(ids))


def restock(caller: Caller, known: Known, number: int) -> None:
    """Give the attacker something of his own to work with, since he deletes most of it."""
    made = caller.create_folder(caller.at("Akten/Blomberg").id, f"Vorrat {number}")
    known.learn(made.json)
    for each in range(4):
        known.learn(caller.create_document(made.id, f"{each}.pdf", b"x" * each).json)


def everything(caller: Caller, path: str) -> Iterator[tuple[object, ...]]:
    """Return all there is below a folder: properties, and content where there is any."""
    for child in caller.get("children", caller.at(path).id).json["objects"]:
        properties = child["object"]["succinctProperties"]
        here = properties["cmis:objectId"]
        versions = caller.get("versions", here).json if properties["cmis:baseTypeId"] == "cmis:document" else []
        yield (
            tuple(map(str, properties.items())),
            str(versions),
            caller.get("content", here).body if versions else b"",
        )
        if properties["cmis:baseTypeId"] == "cmis:folder":
            yield from everything(caller, f"{path}/{properties['cmis:name']}")


def fuzz_with_rights(data: Path, *, requests: int, seed: int) -> None:
    """An administrator and a clerk send nonsense; afterwards the repository is whole and answers."""
    with opened_office(data, users=("admin", "clerk.blomberg", "clerk.luegde")) as office:
        known = fill(office)
        admin, clerk = office.caller("admin"), office.caller("clerk.blomberg")
        for number in range(requests):
            if number % RESTOCK_EVERY == 0 and clerk.at("Akten/Blomberg").status == 200:
                restock(clerk, known, number)
            # an administrator may delete the folders of the towns: he comes in when half is done
            Fuzzer(admin if number % 2 and number > requests / 2 else clerk, known, seed + number).send()
        assert admin.get("object").status == 200
    assert faults_in(data) == []


def fuzz_without_rights(data: Path, *, requests: int, seed: int) -> None:
    """A clerk who knows every id of the neighbour town neither learns nor changes anything there."""
    with opened_office(data, users=("admin", "clerk.blomberg", "clerk.luegde")) as office:
        known = fill(office)
        neighbour, attacker = office.caller("clerk.luegde"), office.caller("clerk.blomberg")
        before = [list(everything(neighbour, path)) for path in NEIGHBOURS]
        assert SECRET in str(before)
        for number in range(requests):
            assert (
                SECRET.lower() not in Fuzzer(attacker, known, seed + number).send().decode("utf-8", "replace").lower()
            )
        assert [list(everything(neighbour, path)) for path in NEIGHBOURS] == before
    assert faults_in(data) == []


def test_malformed_requests_are_answered_by_the_protocol(tmp_path: Path) -> None:
    fuzz_with_rights(tmp_path / "data", requests=FEW, seed=1)


def test_no_request_reaches_into_another_town(tmp_path: Path) -> None:
    fuzz_without_rights(tmp_path / "data", requests=FEW, seed=100_000)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_twenty_thousand_malformed_requests_are_answered_by_the_protocol(tmp_path: Path) -> None:
    fuzz_with_rights(tmp_path / "data", requests=MANY, seed=1_000)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_twenty_thousand_requests_do_not_reach_into_another_town(tmp_path: Path) -> None:
    fuzz_without_rights(tmp_path / "data", requests=MANY, seed=200_000)
