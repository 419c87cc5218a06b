"""Filled-in forms in the sample mail."""

from __future__ import annotations

from datetime import date

from clerk_desktop.demo import known_cases as known
from clerk_desktop.demo.letters.content import Content, Field, Section
from clerk_desktop.demo.letters.layouts.form import form
from clerk_desktop.demo.letters.letter import Letter
from clerk_desktop.demo.letters.making import KALLETAL, SCHIEDER, truth_of
from clerk_desktop.demo.letters.roughen import Look, Mode
from clerk_desktop.demo.letters.truth import ReferencePlace

TRADE = Content(
    sender=("Melanie Kortekamp", "Bergstraße 8", "32689 Kalletal"),
    recipient=KALLETAL,
    place="Kalletal",
    day=date(2026, 11, 12),
    subject="Gewerbe-Anmeldung nach § 14 der Gewerbeordnung",
    references=(("Name der entgegennehmenden Gemeinde", "Kalletal"), ("Gemeindekennzahl", "05766040")),
    accent=(30, 30, 34),
    sections=(
        Section(
            title="Angaben zur betriebsinhabenden Person",
            rows=(
                (Field(label="1 Name", value="Kortekamp"), Field(label="2 Vornamen", value="Melanie")),
                (
                    Field(label="3 Geschlecht", choices=("männlich", "weiblich", "divers"), ticked=(1,)),
                    Field(label="4 Geburtsname (nur bei Abweichung)", value="Siekmann"),
                ),
                (
                    Field(label="5 Geburtsdatum", value="23.04.1987"),
                    Field(label="6 Geburtsort und -land", value="Lemgo"),
                    Field(label="7 Staatsangehörigkeit(en)", value="deutsch"),
                ),
                (Field(label="8 Anschrift der Wohnung", value="Bergstraße 8, 32689 Kalletal"),),
                (
                    Field(label="Telefon", value="0171 3920063"),
                    Field(label="E-Mail", value="mk@example.org"),
                ),
            ),
        ),
        Section(
            title="Angaben zum Betrieb",
            rows=(
                (
                    Field(label="9 Zahl der geschäftsführenden Gesellschafter", value="-"),
                    Field(label="10 Vertretungsberechtigte Person", value="-"),
                ),
                (Field(label="12 Betriebsstätte", value="Bergstraße 8, 32689 Kalletal"),),
                (Field(label="15 Angemeldete Tätigkeit", value="Mobiler Friseurdienst, Handel mit Pflegemitteln"),),
                (
                    Field(label="16 Nebenerwerb", choices=("ja", "nein"), ticked=(0,)),
                    Field(label="17 Beginn der Tätigkeit", value="01.12.2026"),
                ),
                (
                    Field(
                        label="18 Art des angemeldeten Betriebes",
                        choices=("Industrie", "Handwerk", "Handel", "Sonstiges"),
                        ticked=(1, 2),
                    ),
                ),
                (
                    Field(label="19 Beschäftigte Vollzeit", value="0"),
                    Field(label="Teilzeit", value="1"),
                    Field(label="Keine", choices=("",)),
                ),
            ),
        ),
        Section(
            title="Grund der Anmeldung",
            rows=(
                (
                    Field(
                        label="Die Anmeldung wird erstattet für",
                        choices=("Neuerrichtung", "Wiedereröffnung", "Übernahme"),
                        ticked=(0,),
                    ),
                ),
                (
                    Field(label="Erlaubnis liegt vor", choices=("ja", "nein"), ticked=(1,)),
                    Field(label="Handwerkskarte liegt vor", choices=("ja", "nein"), ticked=(0,)),
                ),
            ),
        ),
    ),
    body=(
        "Hinweis: Diese Anzeige berechtigt nicht zum Beginn des Gewerbebetriebes, wenn noch eine Erlaubnis oder eine "
        "Eintragung in die Handwerksrolle notwendig ist. Zuwiderhandlungen können mit Geldbuße oder "
        "Freiheitsstrafe geahndet werden.",
    ),
)


def trade() -> Letter:
    """Return a trade registration: no case yet."""
    return Letter(
        truth=truth_of("gewerbeanmeldung-kortekamp", TRADE, kind="Formular", municipality="kalletal"),
        drawing=form(TRADE, number="GewA 1"),
        look=Look(skew=0.4, noise=8, shade=10),
    )


DAYCARE = Content(
    sender=("Lena Janssen", "Schlossstraße 11", "32816 Schieder-Schwalenberg"),
    recipient=SCHIEDER,
    place="Schieder",
    day=date(2026, 11, 15),
    subject="Anmeldung für einen Betreuungsplatz",
    references=(("Aktenzeichen (soweit bekannt):", known.DAYCARE.number), ("Kindergartenjahr", "2027/2028")),
    accent=(30, 90, 120),
    sections=(
        Section(
            title="1. Kind",
            rows=(
                (Field(label="Name", value="Janssen"), Field(label="Vorname", value="Mila Sophie")),
                (
                    Field(label="Geburtsdatum", value="18.02.2025"),
                    Field(label="Geschlecht", choices=("m", "w", "d"), ticked=(1,)),
                    Field(label="Familiensprache", value="Deutsch"),
                ),
                (Field(label="Anschrift", value="Schlossstraße 11, 32816 Schieder-Schwalenberg"),),
                (Field(label="Besonderer Förderbedarf", choices=("ja", "nein"), ticked=(1,)),),
            ),
        ),
        Section(
            title="2. Eltern oder Sorgeberechtigte",
            rows=(
                (
                    Field(label="Mutter: Name, Vorname", value="Janssen, Lena"),
                    Field(label="Beruf", value="Physiotherapeutin"),
                ),
                (Field(label="Vater: Name, Vorname", value="Janssen, Arne"), Field(label="Beruf", value="Tischler")),
                (Field(label="Telefon", value="0171 3920018"), Field(label="E-Mail", value="janssen@example.org")),
                (
                    Field(
                        label="Das Kind lebt bei",
                        choices=("beiden Eltern", "der Mutter", "dem Vater", "anderen"),
                        ticked=(0,),
                    ),
                ),
            ),
        ),
        Section(
            title="3. Gewünschte Einrichtung",
            rows=(
                (Field(label="1. Wunsch", value="Kita Emmerwiesen"),),
                (Field(label="2. Wunsch", value="Familienzentrum Schwalenberg"),),
                (Field(label="3. Wunsch", value="Waldkindergarten Siekholz"),),
                (Field(label="Geschwisterkind in der Einrichtung", choices=("ja", "nein"), ticked=(0,)),),
            ),
        ),
        Section(
            title="4. Betreuungsumfang",
            rows=(
                (
                    Field(
                        label="Wochenstunden",
                        choices=("25 Stunden", "35 Stunden geteilt", "35 Block", "45"),
                        ticked=(3,),
                    ),
                ),
                (
                    Field(label="Beginn", value="01.08.2027"),
                    Field(label="Mittagessen", choices=("ja", "nein"), ticked=(0,)),
                ),
                (Field(label="Begründung des Umfangs", value="beide Eltern berufstätig, Schichtdienst"),),
            ),
        ),
    ),
    body=(
        "Ich versichere die Richtigkeit meiner Angaben. Mir ist bekannt, dass die Vergabe der Plätze nach den "
        "Aufnahmekriterien der Einrichtungen erfolgt und aus dieser Anmeldung kein Anspruch auf einen Platz in einer "
        "bestimmten Einrichtung entsteht.",
        "Die Hinweise zur Verarbeitung personenbezogener Daten nach Artikel 13 DSGVO habe ich erhalten.",
    ),
)


def daycare() -> Letter:
    """Return an application for a place in a daycare centre, two pages, the number in a box."""
    return Letter(
        truth=truth_of(
            "kita-anmeldung-janssen",
            DAYCARE,
            kind="Antrag",
            municipality="schieder",
            pages=2,
            case=known.DAYCARE,
            place=ReferencePlace.ANCHOR,
        ),
        drawing=form(DAYCARE, number="51-014 (08.2025)", tint=(222, 235, 242)),
        look=Look(mode=Mode.COLOUR, skew=-0.6, noise=8, paper=(248, 247, 243)),
    )
