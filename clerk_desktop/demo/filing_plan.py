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


_PLAN = """\
10.20 Organisation und Datenschutz
10.40 Beschaffung und Lieferantenrechnungen
11.10 Rat und Ausschüsse
12.10 Wahlen und Statistik
20.20 Vergaben
21.10 Stadtkasse und Vollstreckung
22.10 Grundsteuer
22.20 Gewerbesteuer
22.30 Hundesteuer
23.10 Liegenschaften und Pachten
30.10 Rechtsstreitigkeiten
32.10 Verkehrsangelegenheiten
32.20 Gewerbeangelegenheiten
32.30 Gaststätten und Veranstaltungen
32.40 Immissionsschutz und Lärm
32.50 Hundehaltung
32.60 Ordnungswidrigkeiten
32.70 Fundsachen
33.10 Melde- und Passwesen
34.10 Personenstand
37.10 Brandschutz und Feuerwehr
40.10 Schulverwaltung
40.20 Schülerbeförderung
41.10 Kultur und Stadtarchiv
50.10 Wohngeld
50.20 Hilfen zum Lebensunterhalt
51.10 Kindertageseinrichtungen
51.20 Elternbeiträge
52.10 Sportstätten und Vereine
61.10 Bauleitplanung
62.10 Straßennamen und Hausnummern
63.10 Baugenehmigungen
63.20 Bauvoranfragen
63.30 Denkmalschutz
65.10 Gebäudeunterhaltung
66.10 Straßenunterhaltung und Aufgrabungen
66.20 Winterdienst
66.30 Straßenbeleuchtung
67.10 Grünflächen und Bäume
68.10 Friedhöfe
70.10 Abfallentsorgung
70.20 Abwassergebühren
"""
FILING_PLAN = tuple(FilingPlanEntry(number=line[:5], title=line[6:]) for line in _PLAN.splitlines())

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
