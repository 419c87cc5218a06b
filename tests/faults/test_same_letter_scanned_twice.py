"""Disaster 19: the same page scanned twice is not the same bytes. It is found by its look, shown, and never dropped."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw

from clerk_desktop.intake.likeness import compared, is_same_paper
from clerk_desktop.model.errors import RefusalReason
from clerk_desktop.model.ledger import FileState, Verdict
from clerk_desktop.model.likeness import PageLook
from clerk_desktop.system.texts import Texts
from clerk_desktop.usecases.day_account import why
from clerk_desktop.usecases.transfers import Transfers
from tests.intake.station import BERLIN, Station

LINES = (
    "Anmeldung eines Hundes bei der Stadt Blomberg",
    "Name der haltenden Person: Brinkmeier",
    "Anschrift der Wohnung: Hauptstrasse",
    "Rasse und Farbe des Hundes: Dackel, braun",
    "Beginn der Haltung in der Gemeinde: 14.09.2026",
    "Ich versichere die Richtigkeit meiner Angaben",
)
OTHER_PERSON = tuple(
    line.replace("Brinkmeier", "Kortekamp").replace("Dackel", "Pudel").replace("14.09", "23.04") for line in LINES
)


def scan(lines: Sequence[str], seed: int) -> bytes:
    """A scan of a paper: moved, grainy, never the same bytes."""
    chance = random.Random(seed)
    image = Image.new("L", (1240, 700), chance.randrange(236, 252))
    draw = ImageDraw.Draw(image)
    left, top = 80 + chance.randrange(12), 70 + chance.randrange(12)
    for number, line in enumerate(lines):
        draw.text((left, top + 90 * number), line, fill=chance.randrange(10, 50), font_size=36)
    for _ in range(400):
        draw.point((chance.randrange(image.width), chance.randrange(image.height)), fill=150)
    out = io.BytesIO()
    image.rotate(chance.uniform(-0.4, 0.4), Image.Resampling.BILINEAR, fillcolor=245).save(out, "PNG", dpi=(150, 150))
    return out.getvalue()


@pytest.mark.slow
def test_a_second_scan_of_a_letter_is_held_beside_the_first_and_a_clerk_decides(station: Station) -> None:
    station.drop("brief.png", scan(LINES, 1))
    station.run()
    station.drop("nochmal.png", scan(LINES, 2))
    station.drop("anderer.png", scan(OTHER_PERSON, 3))
    report = station.run()
    assert report.duplicates == 1
    assert station.states() == {
        "brief.png": FileState.QUEUED,
        "nochmal.png": FileState.DUPLICATE,
        "anderer.png": FileState.QUEUED,
    }
    transfers = Transfers(station.store, station.clock, BERLIN)
    (held,) = transfers.quarantine()
    assert held.refusal is RefusalReason.LOOKS_ALIKE
    first = transfers.first_of(held)
    assert first is not None and first.file.path == str(station.scans / "brief.png")
    account = transfers.reconciliation(None)
    assert (account.seen, account.duplicates, account.lost) == (3, 1, ())
    (told,) = [each for each in account.differences if each.file_id == held.file_id]
    assert told.verdict is Verdict.ALIKE
    assert why(told, Texts.for_language("de")).startswith("Sieht aus wie ") and first.file.path in why(
        told, Texts.for_language("de")
    )
    (row,) = [each for each in transfers.recent(9).files if each.file.file_id == held.file_id]
    assert row.first == first.parts[0].part.document_id
    transfers.retry_file(held.file_id)
    station.restart()
    station.run()
    assert set(station.states().values()) == {FileState.QUEUED}
    with station.store.read() as session:
        (again,) = session.ledger.parts(held.file_id)
        linked = {each.document_id: each.duplicate_of for each in session.documents.inbox()}
        found = session.suggestions.get(again.document_id)
    assert found is not None and found.looks_like is None  # decided: nobody is asked again
    assert linked.pop(again.document_id) == first.parts[0].part.document_id
    assert list(linked.values()) == ["", ""]


WORDS = " ".join(LINES).split()
SURE = tuple((word, 0.95) for word in WORDS)


def look(words: Sequence[tuple[str, float]], picture: str = "0f0f0f0f0f0f0f0f") -> PageLook:
    return PageLook(page=1, picture=picture, words=tuple(words))


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"Brinkmeier": ("Brinkrneier", 0.95)}, True),
        ({"Brinkmeier": ("Xyq", 0.3)}, True),
        ({"14.09.2026": ("14.08.2026", 0.95)}, False),
        ({"Brinkmeier": ("Kortekamp", 0.95), "Dackel,": ("Pudel,", 0.95)}, False),
    ],
)
def test_misread_letters_do_not_part_a_letter_from_itself_but_other_names_and_numbers_do(
    change: dict[str, tuple[str, float]], same: bool
) -> None:
    read = [change.get(word, (word, sure)) for word, sure in SURE]
    assert is_same_paper(look(SURE), look(read)) is same


def test_a_stamp_on_the_second_scan_changes_nothing_and_a_page_with_few_words_is_never_a_twin() -> None:
    stamped = [("Eingegangen", 0.9), ("Stadt", 0.9), ("Blomberg", 0.9), *SURE]
    assert is_same_paper(look(SURE), look(stamped))
    assert not is_same_paper(look(SURE[:8]), look(SURE[:8]))
    assert not is_same_paper(look(SURE), look(SURE, picture="f0f0f0f0f0f0f0f0"))
    assert compared((), SURE).same == 0.0
