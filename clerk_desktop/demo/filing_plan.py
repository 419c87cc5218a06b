"""The filing plan (Aktenplan) and the document types that the sample towns share.

The plan follows the habit of German towns to number by office (32 public order, 63 building control); the list is our
own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class FilingPlanEntry:
    """A number of the filing plan and what is kept under it."""

    number: str
    title: str


FILING_PLAN = (
    FilingPlanEntry(number="10.20", title="Organisation und Datenschutz"),
    FilingPlanEntry(number="10.40", title="Beschaffung und Lieferantenrechnungen"),
    FilingPlanEntry(number="11.10", title="Rat und Ausschüsse"),
    FilingPlanEntry(number="12.10", title="Wahlen und Statistik"),
    FilingPlanEntry(number="20.20", title="Vergaben"),
    FilingPlanEntry(number="21.10", title="Stadtkasse und Vollstreckung"),
    FilingPlanEntry(number="22.10", title="Grundsteuer"),
    FilingPlanEntry(number="22.20", title="Gewerbesteuer"),
    FilingPlanEntry(number="22.30", title="Hundesteuer"),
    FilingPlanEntry(number="23.10", title="Liegenschaften und Pachten"),
    FilingPlanEntry(number="30.10", title="Rechtsstreitigkeiten"),
    FilingPlanEntry(number="32.10", title="Verkehrsangelegenheiten"),
    FilingPlanEntry(number="32.20", title="Gewerbeangelegenheiten"),
    FilingPlanEntry(number="32.30", title="Gaststätten und Veranstaltungen"),
    FilingPlanEntry(number="32.40", title="Immissionsschutz und Lärm"),
    FilingPlanEntry(number="32.50", title="Hundehaltung"),
    FilingPlanEntry(number="32.60", title="Ordnungswidrigkeiten"),
    FilingPlanEntry(number="32.70", title="Fundsachen"),
    FilingPlanEntry(number="33.10", title="Melde- und Passwesen"),
    FilingPlanEntry(number="34.10", title="Personenstand"),
    FilingPlanEntry(number="37.10", title="Brandschutz und Feuerwehr"),
    FilingPlanEntry(number="40.10", title="Schulverwaltung"),
    FilingPlanEntry(number="40.20", title="Schülerbeförderung"),
    FilingPlanEntry(number="41.10", title="Kultur und Stadtarchiv"),
    FilingPlanEntry(number="50.10", title="Wohngeld"),
    FilingPlanEntry(number="50.20", title="Hilfen zum Lebensunterhalt"),
    FilingPlanEntry(number="51.10", title="Kindertageseinrichtungen"),
    FilingPlanEntry(number="51.20", title="Elternbeiträge"),
    FilingPlanEntry(number="52.10", title="Sportstätten und Vereine"),
    FilingPlanEntry(number="61.10", title="Bauleitplanung"),
    FilingPlanEntry(number="62.10", title="Straßennamen und Hausnummern"),
    FilingPlanEntry(number="63.10", title="Baugenehmigungen"),
    FilingPlanEntry(number="63.20", title="Bauvoranfragen"),
    FilingPlanEntry(number="63.30", title="Denkmalschutz"),
    FilingPlanEntry(number="65.10", title="Gebäudeunterhaltung"),
    FilingPlanEntry(number="66.10", title="Straßenunterhaltung und Aufgrabungen"),
    FilingPlanEntry(number="66.20", title="Winterdienst"),
    FilingPlanEntry(number="66.30", title="Straßenbeleuchtung"),
    FilingPlanEntry(number="67.10", title="Grünflächen und Bäume"),
    FilingPlanEntry(number="68.10", title="Friedhöfe"),
    FilingPlanEntry(number="70.10", title="Abfallentsorgung"),
    FilingPlanEntry(number="70.20", title="Abwassergebühren"),
)

DOCUMENT_TYPES = (
    "Anfrage",
    "Anhörung",
    "Antrag",
    "Anzeige",
    "Beschwerde",
    "Bescheid",
    "Einspruch",
    "Formular",
    "Gutachten",
    "Klage",
    "Kündigung",
    "Lageplan",
    "Mahnung",
    "Mitteilung",
    "Nachweis",
    "Niederschrift",
    "Rechnung",
    "Stellungnahme",
    "Vermerk",
    "Vollmacht",
    "Widerspruch",
    "Zwischennachricht",
)
