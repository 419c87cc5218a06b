"""The sample mail: what the letters claim of themselves is so, and their files are what scanners leave."""

import hashlib
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from clerk_desktop.demo.known_cases import KNOWN_CASES
from clerk_desktop.demo.letters import Letter, LetterTruth, ReferencePlace, all_letters
from clerk_desktop.demo.letters.code39 import PATTERNS, bars, modules
from clerk_desktop.demo.letters.files import Container
from clerk_desktop.demo.letters.fonts import Face, Fonts, Style
from clerk_desktop.demo.letters.roughen import Mode
from clerk_desktop.model.errors import FontsMissing, RefusalReason
from clerk_desktop.model.municipality import MUNICIPALITIES

LETTERS = all_letters()
CODE_39 = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.Code39)
NUMBERS = {case.number: case for case in KNOWN_CASES}


def single(letters: tuple[Letter, ...]) -> list[LetterTruth]:
    """Every letter, those in stacks one by one."""
    return [truth for letter in letters for truth in (letter.truth.parts or (letter.truth,))]


def letter_named(name: str) -> Letter:
    return next(letter for letter in LETTERS if letter.truth.name == name)


def tool(name: str) -> str:
    place = shutil.which(name)
    if place is None:
        pytest.skip(f"{name.upper()} IS NOT INSTALLED: the files were not checked with it")
    return place


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("mail")
    return {letter.truth.name: letter.draw(folder)[0] for letter in LETTERS}


def test_no_two_letters_have_the_same_name_or_say_the_same() -> None:
    truths = single(tuple(letter for letter in LETTERS if letter.truth.refusal is None))
    assert len({truth.name for truth in truths}) == len(truths) >= 20
    assert len({truth.text for truth in truths}) == len(truths)


def test_a_letter_belongs_to_a_case_of_the_town_it_is_addressed_to() -> None:
    for truth in single(LETTERS):
        assert truth.municipality in {town.key for town in MUNICIPALITIES}
        if truth.case_number:
            assert NUMBERS[truth.case_number].municipality == truth.municipality


def test_every_known_case_gets_a_letter_and_every_town_gets_some() -> None:
    truths = single(LETTERS)
    assert {truth.case_number for truth in truths} - {""} == set(NUMBERS)
    assert all(sum(truth.municipality == town.key for truth in truths) >= 4 for town in MUNICIPALITIES)


@pytest.mark.parametrize("truth", single(LETTERS), ids=lambda truth: truth.name)
def test_a_printed_number_is_the_right_one_unless_it_is_a_misprint(truth: LetterTruth) -> None:
    match truth.reference_place:
        case ReferencePlace.NONE:
            assert truth.our_reference == ""
            assert not truth.case_number
        case ReferencePlace.MISPRINT:
            assert truth.our_reference not in NUMBERS
            assert truth.case_number in NUMBERS
        case ReferencePlace.RUNNING_TEXT:
            assert truth.our_reference == truth.case_number
            assert truth.our_reference in truth.text
        case ReferencePlace.ANCHOR:
            assert truth.our_reference == truth.case_number


def test_the_mail_has_every_kind_of_file_and_trouble() -> None:
    assert {letter.container for letter in LETTERS} == set(Container)
    assert {letter.look.mode for letter in LETTERS} == set(Mode)
    assert {truth.reference_place for truth in single(LETTERS)} == set(ReferencePlace)
    assert any(letter.look.upside_down for letter in LETTERS)
    assert any(letter.truth.blank_pages for letter in LETTERS)
    assert any(letter.written for letter in LETTERS)
    assert [len(letter.truth.parts) for letter in LETTERS if letter.truth.parts] == [3]
    assert [letter.truth.refusal for letter in LETTERS if letter.truth.refusal] == [RefusalReason.DAMAGED]


def test_the_pages_of_a_stack_are_its_letters_and_separator_sheets_in_turn() -> None:
    truth = letter_named("stapel-blomberg").truth
    pages = [page for part in truth.parts for page in range(part.first_page, part.first_page + part.pages)]
    assert sorted([*pages, *truth.separator_pages]) == list(range(1, truth.pages + 1))


def page_count(path: Path) -> int:
    if path.suffix == ".pdf":
        # every PDF of the sample mail says so in plain text
        counts = re.findall(rb"/Count (\d+)", path.read_bytes())
        return int(counts[0])
    with Image.open(path) as image:
        return getattr(image, "n_frames", 1)


@pytest.mark.parametrize(
    "letter", [letter for letter in LETTERS if letter.truth.refusal is None], ids=lambda letter: letter.truth.name
)
def test_a_file_has_the_pages_that_its_truth_says(letter: Letter, drawn: dict[str, Path]) -> None:
    assert page_count(drawn[letter.truth.name]) == letter.truth.pages


def test_images_are_scanned_at_300_dpi(drawn: dict[str, Path]) -> None:
    for path in drawn.values():
        if path.suffix != ".pdf":
            with Image.open(path) as image:
                assert [round(value) for value in image.info["dpi"]] == [300, 300], path.name
                assert image.height in (3508, 2480)


@pytest.mark.parametrize(
    "name",
    [
        "netzbetreiber-aufgrabung",
        "gutachten-fachwerkscheune",
        "rechnung-elektro-kampmann",
        "gewerbeanmeldung-kortekamp",
        "scan-abgebrochen",
    ],
)
def test_a_pdf_is_sound_unless_it_is_the_broken_one(name: str, drawn: dict[str, Path]) -> None:
    done = subprocess.run([tool("qpdf"), "--check", str(drawn[name])], capture_output=True, check=False)
    assert (done.returncode == 0) == (letter_named(name).truth.refusal is None), done.stdout.decode()


def test_a_file_that_never_was_paper_gives_its_text_and_scans_give_none(drawn: dict[str, Path]) -> None:
    pdftotext = tool("pdftotext")
    for letter in LETTERS:
        path = drawn[letter.truth.name]
        if path.suffix != ".pdf" or letter.truth.refusal:
            continue
        text = subprocess.run([pdftotext, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True).stdout
        words = text.decode().split()
        if letter.written is None:
            assert words == []
        else:
            assert set(letter.truth.text.split()) <= set(words)
            assert letter.truth.our_reference in words


def test_a_letter_is_drawn_the_same_each_time(drawn: dict[str, Path]) -> None:
    for name in (
        "widerspruch-hundesteuer",
        "tonnentausch-hagemann",
        "netzbetreiber-aufgrabung",
        "laermbeschwerde-email",
    ):
        again = letter_named(name).content()
        assert hashlib.sha256(again).digest() == hashlib.sha256(drawn[name].read_bytes()).digest(), name


def test_the_same_paper_scanned_under_another_name_gives_other_bytes() -> None:
    letter = letter_named("tonnentausch-hagemann")
    assert replace(letter, truth=replace(letter.truth, name="zweiter-scan")).content() != letter.content()


def test_nothing_unfinished_stays_in_the_folder(drawn: dict[str, Path]) -> None:
    folder = next(iter(drawn.values())).parent
    assert sorted(folder.iterdir()) == sorted(drawn.values())


def test_blank_backs_are_nearly_white_and_written_pages_are_not(drawn: dict[str, Path]) -> None:
    truth = letter_named("gutachten-fachwerkscheune").truth
    pdftoppm = tool("pdftoppm")
    path = drawn[truth.name]
    subprocess.run([pdftoppm, "-r", "50", "-gray", str(path), str(path.with_suffix(""))], check=True)
    dark = {}
    for page in sorted(path.parent.glob(f"{truth.name}-*.pgm")):
        with Image.open(page) as image:
            dark[int(page.stem.rsplit("-", 1)[1])] = sum(image.histogram()[:160]) / (image.width * image.height)
        page.unlink()
    for number, share in dark.items():
        assert (share < 0.002) == (number in truth.blank_pages), (number, share)


def drawn_code(text: str) -> Image.Image:
    """Bars of three pixels per module with their quiet zones."""
    image = Image.new("L", ((modules(text) + 20) * 3, 120), 255)
    for start, width in bars(text):
        image.paste(0, ((10 + start) * 3, 10, (10 + start + width) * 3, 110))
    return image


@pytest.mark.parametrize("character", sorted(PATTERNS), ids=lambda character: f"code-{ord(character)}")
def test_every_character_of_code_39_is_read_back(character: str) -> None:
    text = f"A{character}9"
    found = zxingcpp.read_barcodes(drawn_code(text), formats=CODE_39)
    assert [code.text for code in found] == [text]


def test_code_39_cannot_say_small_letters() -> None:
    with pytest.raises(KeyError):
        bars("patcht")


def test_a_separator_sheet_is_read_from_its_scan(drawn: dict[str, Path]) -> None:
    truth = letter_named("stapel-blomberg").truth
    path = drawn[truth.name]
    pdftoppm = tool("pdftoppm")
    codes = {}
    for number in range(1, truth.pages + 1):
        out = path.with_name(f"page{number}")
        page = ["-r", "200", "-gray", "-singlefile", "-f", str(number), str(path), str(out)]
        subprocess.run([pdftoppm, *page], check=True)
        with Image.open(out.with_suffix(".pgm")) as image:
            found = zxingcpp.read_barcodes(image, formats=CODE_39)
        out.with_suffix(".pgm").unlink()
        codes[number] = {code.text for code in found}
    assert codes == {
        number: {"PATCHT"} if number in truth.separator_pages else set() for number in range(1, truth.pages + 1)
    }


def test_missing_fonts_are_named(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing) as caught:
        Fonts([tmp_path]).load(Style(face=Face.SERIF))
    assert "fonts-liberation2" in caught.value.remedy


def test_a_missing_face_is_replaced_by_another(tmp_path: Path) -> None:
    source = Fonts([Path("/usr/share/fonts/truetype/liberation2"), Path("C:/Windows/Fonts")])
    path = source.load(Style(face=Face.SANS)).path
    assert isinstance(path, str)
    (tmp_path / "arial.ttf").write_bytes(Path(path).read_bytes())
    assert Fonts([tmp_path]).load(Style(face=Face.OFFICE)).getname()[0]
