"""Letters of authorities, courts, lawyers and clubs in the sample mail. Persons, numbers and facts are invented."""

from __future__ import annotations

from datetime import date

from clerk_desktop.demo import known_cases as known
from clerk_desktop.demo.letters.content import Content
from clerk_desktop.demo.letters.files import Container
from clerk_desktop.demo.letters.fonts import Face
from clerk_desktop.demo.letters.layouts.office import (
    club_head,
    court_letter,
    district_head,
    law_head,
    office_letter,
)
from clerk_desktop.demo.letters.layouts.private import home_letter
from clerk_desktop.demo.letters.letter import Letter
from clerk_desktop.demo.letters.making import (
    BLOMBERG,
    KALLETAL,
    one_after_the_other,
    truth_of,
)
from clerk_desktop.demo.letters.roughen import Look, Mode
from clerk_desktop.demo.letters.truth import ReferencePlace

DISTRICT_FOOT = (
    ("Kreis Lippe · Der Landrat", "Felix-Fechenbach-Straße 5", "32756 Detmold"),
    ("Sprechzeiten", "Mo–Do 8.00–16.00 Uhr", "Fr 8.00–12.00 Uhr"),
    ("Bankverbindung", "IBAN DE02 1203 0000 0000 2020 51", "BIC BYLADEM1001"),
)


BUILDING_QUERY = Content(
    sender=("Kreis Lippe", "Der Landrat · Fachgebiet Wasser und Boden", "32754 Detmold"),
    recipient=("Stadt Schieder-Schwalenberg", "Bauamt", "Domänenhof 3", "32816 Schieder-Schwalenberg"),
    day=date(2026, 11, 13),
    references=(
        ("Ihr Zeichen:", known.BUILDING_QUERY.number),
        ("Ihre Nachricht:", "22.10.2026"),
        ("Mein Zeichen:", "4.3/670-112.21-4711/26"),
    ),
    contact=(("Auskunft:", "Frau Dr. Uhlenbrock"), ("Telefon:", "040 66969-311"), ("Zimmer:", "B 417")),
    subject="Bauvoranfrage Errichtung eines Einfamilienhauses, Am Kurpark 21, Gemarkung Schieder, Flur 4, "
    "Flurstück 213; Stellungnahme der unteren Wasserbehörde",
    body=(
        "zu dem oben genannten Vorhaben nehme ich als untere Wasserbehörde wie folgt Stellung:",
        "# 1. Überschwemmungsgebiet",
        "Das Baugrundstück liegt mit seiner südlichen Hälfte im vorläufig gesicherten Überschwemmungsgebiet der "
        "Emmer. Nach § 78 Absatz 4 des Wasserhaushaltsgesetzes (WHG) ist dort die Errichtung baulicher Anlagen "
        "untersagt. Eine Zulassung im Einzelfall kommt nach § 78 Absatz 5 WHG in Betracht, wenn der verlorene "
        "Rückhalteraum zeitgleich ausgeglichen wird und das Vorhaben hochwasserangepasst ausgeführt wird.",
        "# 2. Niederschlagswasser",
        "Der Versickerung des Niederschlagswassers kann nach derzeitigem Stand nicht zugestimmt werden. Der "
        "Grundwasserflurabstand beträgt laut Baugrundgutachten weniger als einen Meter. Ich bitte, den Anschluss "
        "an den Regenwasserkanal in der Straße Am Kurpark zu prüfen.",
        "# 3. Heizung",
        "Die vorgesehene Erdwärmesonde liegt in der Schutzzone III B des Heilquellenschutzgebietes. Bohrungen sind "
        "hier nur bis zu einer Tiefe von 20 Metern und nur mit einer wasserrechtlichen Erlaubnis zulässig. Auf die "
        "Möglichkeit einer Luft-Wasser-Wärmepumpe weise ich hin.",
        "# 4. Nachforderungen",
        "Für eine abschließende Beurteilung bitte ich, mir folgende Unterlagen in zweifacher Ausfertigung vorzulegen:",
        "– Lageplan im Maßstab 1:500 mit eingetragener Grenze des Überschwemmungsgebietes",
        "– Höhenaufmaß des Grundstücks in m ü. NHN",
        "– Nachweis des Rückhalteraumausgleichs",
        "– Entwässerungskonzept einschließlich Überflutungsnachweis",
        "Bis zum Eingang der Unterlagen bitte ich, über die Voranfrage nicht positiv zu entscheiden. Eine "
        "Fristverlängerung nach § 77 der Landesbauordnung empfehle ich vorsorglich.",
    ),
    closing="Mit freundlichen Grüßen\nIm Auftrag",
    signed="Dr. Uhlenbrock",
    footer=DISTRICT_FOOT,
    accent=(150, 30, 40),
)


def building_query() -> Letter:
    """Return the district's statement on a building query: two printed sides, colour, numbers of both offices."""
    return Letter(
        truth=truth_of(
            "kreis-stellungnahme-wasser",
            BUILDING_QUERY,
            kind="Stellungnahme",
            municipality="schieder",
            pages=2,
            case=known.BUILDING_QUERY,
            place=ReferencePlace.ANCHOR,
            sender_reference="4.3/670-112.21-4711/26",
        ),
        drawing=office_letter(BUILDING_QUERY, head=district_head),
        look=Look(mode=Mode.COLOUR, skew=-0.4, paper=(244, 243, 236), folds=(105, 210), show_through=0.07),
        duplex=True,
    )


LAWSUIT = Content(
    sender=("Verwaltungsgericht Minden", "9. Kammer", "Königswall 8, 32423 Minden"),
    recipient=("Gemeinde Kalletal", "Der Bürgermeister", "Rintelner Straße 3", "32689 Kalletal"),
    place="Minden",
    day=date(2026, 11, 10),
    references=(("Aktenzeichen:", "9 K 3418/26"), ("Ihr Zeichen:", known.LAWSUIT.number)),
    contact=(("Durchwahl:", "040 66969-117"), ("Bearbeitung:", "Frau Kötter")),
    subject="In dem verwaltungsgerichtlichen Verfahren\nSteinkühler ./. Gemeinde Kalletal\n"
    "wegen Untersagung des Betriebs einer Holzfeuerungsanlage",
    body=(
        "wird Ihnen die anliegende Klageschrift vom 2. November 2026 zugestellt. Die Klage ist am 4. November 2026 "
        "bei Gericht eingegangen.",
        "Sie werden gebeten, zu der Klage innerhalb von",
        "– vier Wochen nach Zustellung dieses Schreibens",
        "schriftlich Stellung zu nehmen und die vollständigen Verwaltungsvorgänge im Original, paginiert und mit "
        "einem Inhaltsverzeichnis versehen, vorzulegen (§ 99 VwGO). Die Übermittlung als elektronische Akte über "
        "das besondere elektronische Behördenpostfach ist ausreichend.",
        "Der Rechtsstreit soll nach Anhörung der Beteiligten dem Einzelrichter übertragen werden. Es wird "
        "Gelegenheit gegeben, sich hierzu ebenfalls binnen vier Wochen zu äußern (§ 6 VwGO). Bitte teilen Sie auch "
        "mit, ob auf die Durchführung einer mündlichen Verhandlung verzichtet wird.",
        "Auf Folgendes wird hingewiesen: Der Kläger hat zugleich beantragt, die aufschiebende Wirkung der Klage "
        "wiederherzustellen. Dieses Verfahren wird unter dem Aktenzeichen 9 L 1207/26 geführt. Es wird davon "
        "ausgegangen, dass bis zu einer Entscheidung der Kammer von Vollstreckungsmaßnahmen abgesehen wird; "
        "andernfalls wird um umgehende Mitteilung gebeten.",
        "Der Streitwert wird vorläufig auf 5.000,00 Euro festgesetzt (§ 52 Absatz 2, § 63 Absatz 1 GKG).",
        "Alle Schriftsätze sind unter Angabe des gerichtlichen Aktenzeichens in dreifacher Ausfertigung "
        "einzureichen, sofern sie nicht elektronisch übermittelt werden.",
    ),
    closing="Auf Anordnung",
    signed="Kötter\nUrkundsbeamtin der Geschäftsstelle",
    enclosures=("Klageschrift vom 02.11.2026 (4 Blatt)",),
    stamp=("Gemeinde Kalletal", "13. NOV. 2026", "Anl.: 1    Amt: 32"),
)


def lawsuit() -> Letter:
    """Return a court serves a complaint: two pages, black and white TIFF, receipt stamp."""
    return Letter(
        truth=truth_of(
            "verwaltungsgericht-klage",
            LAWSUIT,
            kind="Klage",
            municipality="kalletal",
            pages=2,
            case=known.LAWSUIT,
            place=ReferencePlace.ANCHOR,
            sender_reference="9 K 3418/26",
        ),
        drawing=court_letter(LAWSUIT),
        look=Look(
            mode=Mode.BILEVEL, skew=0.4, paper=(226, 224, 214), noise=18, specks=140, punched=True, threshold=140
        ),
        container=Container.TIFF,
    )


LAWYERS = Content(
    sender=("Rechtsanwälte Dr. Classen & Mertens", "Hermannstraße 12", "32756 Detmold"),
    recipient=("Stadt Blomberg", "Bußgeldstelle", "Marktplatz 1", "32825 Blomberg"),
    day=date(2026, 11, 11),
    references=(
        ("Ihr Zeichen:", known.FINE.number),
        ("Unser Zeichen:", "00417/26 Cl/me"),
        ("Sekretariat:", "Frau Meschede"),
    ),
    contact=(("Telefon:", "040 66969-225"), ("beA/E-Mail:", "kanzlei@example.org")),
    subject="Bußgeldverfahren gegen Herrn Jens Tielker, Anhörung vom 19.10.2026; Akteneinsicht",
    body=(
        "in vorbezeichneter Angelegenheit zeigen wir unter Beifügung einer auf uns lautenden Vollmacht an, dass uns "
        "Herr Jens Tielker, Ostpreußenweg 9, 32825 Blomberg, mit der Wahrnehmung seiner Interessen beauftragt hat.",
        "Namens und in Vollmacht unseres Mandanten beantragen wir",
        "– Einsicht in die vollständige Bußgeldakte einschließlich sämtlicher Messdaten, der Lebensakte des "
        "Messgerätes, des Eichscheins und des Schulungsnachweises der Messbeamten,",
        "– Verlängerung der Frist zur Stellungnahme um vier Wochen ab Zugang der Akte.",
        "Unser Mandant wird sich bis dahin zur Sache nicht äußern. Vorsorglich wird bereits jetzt bestritten, dass "
        "die Rotlichtdauer zum Zeitpunkt des Überfahrens der Haltlinie mehr als eine Sekunde betragen hat. Die "
        "Lichtzeichenanlage an der Kreuzung Nederlandstraße/Hagenstraße war nach unserer Kenntnis im September "
        "2026 mehrfach gestört.",
        "Die Akte bitten wir in elektronischer Form über das besondere elektronische Anwaltspostfach oder in Papier "
        "für drei Tage in unsere Kanzlei zu übersenden. Die Aktenversendungspauschale wird anwaltlich "
        "versichert.",
        "Sollte das Verfahren nach Aktenlage eingestellt werden können, regen wir dies bereits jetzt an. Der Mandant "
        "ist seit 1998 im Besitz einer Fahrerlaubnis und nicht vorbelastet. Er ist als Pflegedienstfahrer "
        "beruflich zwingend auf seine Fahrerlaubnis angewiesen; ein Fahrverbot träfe ihn und die von ihm "
        "betreuten Personen unverhältnismäßig hart.",
        "Rein vorsorglich weisen wir darauf hin, dass die Zustellung des Anhörungsbogens an eine frühere Anschrift "
        "erfolgt ist und unser Mandant hiervon erst am 4. November 2026 Kenntnis erlangt hat.",
    ),
    closing="Mit freundlichen kollegialen Grüßen",
    signed="Dr. Classen\nRechtsanwalt",
    enclosures=("Vollmacht vom 05.11.2026",),
    accent=(40, 60, 50),
)
ATTORNEY = Content(
    sender=("Jens Tielker", "Ostpreußenweg 9", "32825 Blomberg"),
    recipient=("Rechtsanwälte Dr. Classen & Mertens", "Hermannstraße 12", "32756 Detmold"),
    place="Detmold",
    day=date(2026, 11, 5),
    subject="V O L L M A C H T",
    salutation="",
    body=(
        "Den Rechtsanwälten Dr. Classen & Mertens wird hiermit in der Bußgeldsache Tielker Vollmacht zu meiner "
        "Verteidigung und Vertretung in allen Instanzen erteilt.",
        "Die Vollmacht erstreckt sich insbesondere auf die Einsicht in Akten, die Entgegennahme von Zustellungen "
        "und sonstigen Mitteilungen, die Einlegung und Rücknahme von Rechtsmitteln sowie die Stellung von Anträgen "
        "auf Wiedereinsetzung, Erstattung von Kosten und Auslagen.",
    ),
    closing="",
    signed="Jens Tielker",
)


def lawyers() -> Letter:
    """Return a law office asks for the file: three pages, the last a power of ATTORNEY."""
    return Letter(
        truth=truth_of(
            "anwalt-akteneinsicht",
            LAWYERS,
            kind="Vollmacht",
            municipality="blomberg",
            pages=3,
            case=known.FINE,
            place=ReferencePlace.ANCHOR,
            sender_reference="00417/26 Cl/me",
        ),
        drawing=one_after_the_other(
            office_letter(LAWYERS, head=law_head, face=Face.SERIF, size=12, marks=False), home_letter(ATTORNEY)
        ),
        look=Look(skew=0.8, noise=7, folds=(105, 210), streak=171.5),
    )


FAIR = Content(
    sender=("Heimatverein Hohenhausen e. V.", "Kirchplatz 4", "32689 Kalletal"),
    recipient=KALLETAL,
    day=date(2026, 11, 6),
    references=(("Az.:", known.FAIR.number), ("Es schreibt:", "Wilfried Dröge")),
    contact=(("Telefon:", "0171 3920077"), ("E-Mail:", "vorstand@example.org")),
    subject="Weihnachtsmarkt am 12. und 13. Dezember 2026 auf dem Kirchplatz: Gestattung nach § 12 Gaststättengesetz",
    salutation="Lieber Herr Hempel,",
    body=(
        "wie in jedem Jahr möchte der Heimatverein am dritten Adventswochenende den Weihnachtsmarkt auf dem "
        "Kirchplatz ausrichten. Wir beantragen dafür die vorübergehende Gestattung zum Ausschank von Glühwein, Bier "
        "und alkoholfreien Getränken an drei Ständen.",
        "Öffnungszeiten: Samstag von 14 bis 22 Uhr, Sonntag von 11 bis 19 Uhr. Wir rechnen mit etwa 1.500 Gästen. "
        "Den Lageplan mit Rettungswegen und die Namen der verantwortlichen Personen haben wir der Feuerwehr "
        "bereits übergeben.",
        "Außerdem bitten wir, die Lindenstraße zwischen Hausnummer 2 und 14 an beiden Tagen für den Verkehr zu "
        "sperren und uns zwölf Absperrschranken aus dem Bauhof zu überlassen.",
        "Über eine baldige Antwort würden wir uns freuen, damit die Handzettel in Druck gehen können.",
    ),
    closing="Herzliche Grüße",
    signed="Wilfried Dröge, 1. Vorsitzender",
    enclosures=("Lageplan", "Versicherungsbestätigung"),
    accent=(20, 95, 60),
    stamp=("Gemeinde Kalletal", "09. NOV. 2026", "Anl.: 2    Amt: 32"),
)


def fair() -> Letter:
    """Return a club applies for a licence; colour scan with stamp and folds."""
    return Letter(
        truth=truth_of(
            "weihnachtsmarkt-heimatverein",
            FAIR,
            kind="Antrag",
            municipality="kalletal",
            case=known.FAIR,
            place=ReferencePlace.ANCHOR,
        ),
        drawing=office_letter(FAIR, head=club_head, face=Face.OFFICE, size=11.5, marks=False),
        look=Look(mode=Mode.COLOUR, skew=0.9, folds=(105, 210), noise=10, shade=20, blur=0.5),
        container=Container.JPEG,
    )


HOUSING = Content(
    sender=("Teutoburger Möbelwerke AG", "Entgeltabrechnung", "Industriestraße 40, 32825 Blomberg"),
    recipient=("Stadt Blomberg", "Wohngeldstelle", "Marktplatz 1", "32825 Blomberg"),
    day=date(2026, 11, 9),
    references=(("Ihr Zeichen:", "50.10-2026/0l9"), ("Unser Zeichen:", "PA-77120/Be")),
    contact=(("Telefon:", "040 66969-450"),),
    subject="Verdienstbescheinigung für Herrn Okan Demir, Personalnummer 77120",
    body=(
        "auf Ihre Anfrage vom 27. Oktober 2026 bestätigen wir, dass Herr Okan Demir seit dem 1. April 2023 in unserem "
        "Unternehmen als Maschinenführer in Vollzeit beschäftigt ist.",
        "Das Bruttoarbeitsentgelt betrug im Monat August 2.914,50 €, im September 2.914,50 € und im Oktober 3.106,20 € "
        "einschließlich Überstundenvergütung. Das jährliche Weihnachtsgeld in Höhe eines halben Monatsentgelts "
        "wird mit der Abrechnung für November gezahlt.",
        "Ein Anspruch auf Fahrtkostenzuschuss oder vermögenswirksame Leistungen besteht nicht.",
    ),
    signed="i. A. Beckmann",
    footer=(
        ("Teutoburger Möbelwerke AG", "Sitz Blomberg"),
        ("Vorstand:", "Dr. K. Sundermann (Vors.), H. Ruhe"),
        ("Amtsgericht Lemgo", "HRB 00000"),
    ),
    accent=(60, 60, 70),
)


def housing() -> Letter:
    """Return a pay office answers; the number has a letter where a digit belongs. Part of nothing, black and white."""
    return Letter(
        truth=truth_of(
            "verdienstbescheinigung-demir",
            HOUSING,
            kind="Nachweis",
            municipality="blomberg",
            case=known.HOUSING,
            place=ReferencePlace.MISPRINT,
            printed="50.10-2026/0l9",
            sender_reference="PA-77120/Be",
        ),
        drawing=office_letter(HOUSING, head=law_head, face=Face.SCREEN, size=9.5),
        look=Look(mode=Mode.BILEVEL, skew=-0.3, noise=12, specks=60, threshold=165),
    )


# Part of the stack.
REMINDER = Content(
    sender=("Städte- und Gemeindeverbund Ostwestfalen", "Geschäftsstelle", "Am Rathaus 2, 33602 Bielefeld"),
    recipient=BLOMBERG,
    day=date(2026, 11, 9),
    references=(("Unser Zeichen:", "SGV-U/26-118"),),
    contact=(("Telefon:", "040 66969-802"),),
    subject="Umfrage zur Ganztagsbetreuung an Grundschulen; Erinnerung",
    body=(
        "am 28. September 2026 haben wir Ihnen den Fragebogen zum Stand der Ganztagsbetreuung übersandt. Leider liegt "
        "uns Ihre Antwort noch nicht vor.",
        "Da wir die Ergebnisse Anfang Dezember dem Ministerium vorstellen, wären wir für eine Rückmeldung bis zum 27. "
        "November 2026 sehr dankbar. Eine Fehlanzeige ist nicht erforderlich.",
    ),
    signed="Annegret Thiele",
    accent=(80, 40, 110),
)
