"""The cases that the sample letters belong to. Their numbers are printed in letters and therefore never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownCase:
    """A case that a letter of the sample mail is about; ``number`` is plan number, year, running number."""

    number: str
    municipality: str
    subject: str
    participants: tuple[str, ...]
    opened_on: date
    assignee: str

    @property
    def filing_plan_number(self) -> str:
        """The part of the number before the year."""
        return self.number.partition("-")[0]


PARKING = KnownCase(
    number="32.10-2026/018", municipality="blomberg", subject="Bewohnerparkausweis Neue Torstraße 14, Erika Müller",
    participants=("Erika Müller",), opened_on=date(2026, 10, 28), assignee="clerk1.blomberg",
)  # fmt: skip
ELECTRICAL = KnownCase(
    number="65.10-2026/009", municipality="blomberg", subject="Erneuerung der Beleuchtung, Grundschule am Weinberg",
    participants=("Elektro Kampmann GmbH",), opened_on=date(2026, 6, 15), assignee="clerk2.blomberg",
)  # fmt: skip
FINE = KnownCase(
    number="32.60-2026/022", municipality="blomberg", subject="Bußgeldverfahren Rotlichtverstoß, Jens Tielker",
    participants=("Jens Tielker", "Rechtsanwälte Dr. Classen & Mertens"), opened_on=date(2026, 9, 7),
    assignee="clerk1.blomberg",
)  # fmt: skip
TREE = KnownCase(
    number="67.10-2026/013", municipality="blomberg", subject="Fällgenehmigung Blutbuche, Am Hohen Turm 6",
    participants=("Margret Althoff",), opened_on=date(2026, 10, 5), assignee="clerk2.blomberg",
)  # fmt: skip
HOUSING = KnownCase(
    number="50.10-2026/019", municipality="blomberg", subject="Wohngeld (Mietzuschuss), Familie Demir",
    participants=("Selin Demir", "Okan Demir"), opened_on=date(2026, 9, 21), assignee="clerk1.blomberg",
)  # fmt: skip
DOG_TAX = KnownCase(
    number="22.30-2026/007", municipality="luegde", subject="Hundesteuer, Veranlagung zweiter Hund, Heinz Wortmann",
    participants=("Heinz Wortmann",), opened_on=date(2026, 8, 17), assignee="clerk1.luegde",
)  # fmt: skip
NOISE = KnownCase(
    number="32.40-2026/005", municipality="luegde", subject="Lärmbeschwerde Außengastronomie Mittlere Straße",
    participants=("Katrin Oberschelp", "Gasthaus Zur Emmer"), opened_on=date(2026, 7, 20), assignee="clerk2.luegde",
)  # fmt: skip
PROPERTY_TAX = KnownCase(
    number="22.10-2026/014", municipality="luegde", subject="Grundsteuerbescheid 2026, Einwendungen Gisela Brüggemeier",
    participants=("Gisela Brüggemeier",), opened_on=date(2026, 2, 23), assignee="clerk1.luegde",
)  # fmt: skip
TRENCH = KnownCase(
    number="66.10-2026/006", municipality="luegde", subject="Aufgrabung Brückenstraße, Erneuerung Gasleitung",
    participants=("Weserland Netz GmbH",), opened_on=date(2026, 9, 30), assignee="clerk2.luegde",
)  # fmt: skip
BUILDING_QUERY = KnownCase(
    number="63.20-2026/004", municipality="schieder", subject="Bauvoranfrage Einfamilienhaus, Am Kurpark 21",
    participants=("Tobias Niemeier", "Anna Niemeier"), opened_on=date(2026, 8, 31), assignee="clerk1.schieder",
)  # fmt: skip
DAYCARE = KnownCase(
    number="51.10-2026/012", municipality="schieder", subject="Betreuungsplatz ab August 2027, Kind Mila Janssen",
    participants=("Lena Janssen", "Arne Janssen"), opened_on=date(2026, 10, 12), assignee="clerk2.schieder",
)  # fmt: skip
MONUMENT = KnownCase(
    number="63.30-2026/002", municipality="schieder", subject="Standsicherheit Fachwerkscheune, Domänenweg 7",
    participants=("Ingenieurbüro Hartwig + Seidel",), opened_on=date(2026, 5, 4), assignee="clerk1.schieder",
)  # fmt: skip
GRAVE = KnownCase(
    number="68.10-2026/011", municipality="schieder", subject="Grabmalgenehmigung Friedhof Schwalenberg, Feld C 17",
    participants=("Steinmetzbetrieb Rolf Pieper",), opened_on=date(2026, 10, 19), assignee="clerk2.schieder",
)  # fmt: skip
LAWSUIT = KnownCase(
    number="32.40-2026/003", municipality="kalletal", subject="Untersagung Holzfeuerungsanlage, Bernd Steinkühler",
    participants=("Bernd Steinkühler",), opened_on=date(2026, 3, 16), assignee="clerk1.kalletal",
)  # fmt: skip
FAIR = KnownCase(
    number="32.30-2026/010", municipality="kalletal", subject="Weihnachtsmarkt Hohenhausen, Schankerlaubnis",
    participants=("Heimatverein Hohenhausen e. V.",), opened_on=date(2026, 10, 1), assignee="clerk2.kalletal",
)  # fmt: skip
WASTE = KnownCase(
    number="70.10-2026/016", municipality="kalletal", subject="Tausch Restmülltonne 120 l gegen 60 l, Ilse Hagemann",
    participants=("Ilse Hagemann",), opened_on=date(2026, 11, 2), assignee="clerk1.kalletal",
)  # fmt: skip

KNOWN_CASES = (
    PARKING, ELECTRICAL, FINE, TREE, HOUSING, DOG_TAX, NOISE, PROPERTY_TAX, TRENCH, BUILDING_QUERY, DAYCARE, MONUMENT,
    GRAVE, LAWSUIT, FAIR, WASTE,
)  # fmt: skip
