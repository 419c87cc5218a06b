"""Letters of firms in the sample mail: invoices, an expert's report, a utility's notice that never was paper."""

from __future__ import annotations

from datetime import date

from clerk_desktop.demo import known_cases as known
from clerk_desktop.demo.letters.content import DEAR_ALL, KIND_REGARDS, Content, Row, short_date
from clerk_desktop.demo.letters.files import Container
from clerk_desktop.demo.letters.fonts import Face, Style
from clerk_desktop.demo.letters.layouts.office import firm_head, law_head, office_letter
from clerk_desktop.demo.letters.layouts.private import home_letter
from clerk_desktop.demo.letters.letter import Desk, Letter
from clerk_desktop.demo.letters.making import LUEGDE, SCHIEDER, truth_of, with_blank_backs
from clerk_desktop.demo.letters.roughen import Look, Mode
from clerk_desktop.demo.letters.sheet import Sheet
from clerk_desktop.demo.letters.truth import ReferencePlace
from clerk_desktop.demo.text_pdf import Line, broken, text_pdf

ELECTRICAL_INVOICE = Content(
    sender=("Elektro Kampmann GmbH", "Gewerbering 18", "32825 Blomberg"),
    recipient=("Stadt Blomberg", "Gebäudemanagement", "Marktplatz 1", "32825 Blomberg"),
    day=date(2026, 11, 10),
    references=(("Rechnung Nr.:", "2026-1187"), ("Kunden-Nr.:", "10044"), ("Leistung:", "Oktober 2026")),
    contact=(("Telefon:", "040 66969-640"),),
    subject="Rechnung 2026-1187: Grundschule am Weinberg, Erneuerung der Beleuchtung",
    body=(
        f"für die von Ihnen mit Schreiben vom 24.08.2026 (Vorgang {known.ELECTRICAL.number}) beauftragten Arbeiten "
        "erlauben wir uns wie folgt abzurechnen:",
    ),
    rows=(
        Row(text="LED-Einbauleuchte 600 x 600 mm, 34 W, dimmbar", count=46, unit="Stk.", price=11890),
        Row(text="Präsenzmelder Deckeneinbau, 360 Grad", count=12, unit="Stk.", price=8450),
        Row(text="Demontage und Entsorgung Altleuchten", count=52, unit="Stk.", price=1275),
        Row(text="Mantelleitung NYM-J 5 x 1,5 mm²", count=380, unit="m", price=245),
        Row(text="Monteurstunden inkl. Anfahrt", count=74, unit="Std.", price=5980),
        Row(text="Messprotokoll nach DIN VDE 0100-600", count=1, unit="psch.", price=18500),
    ),
    closing="Zahlbar innerhalb von 30 Tagen ohne Abzug. Vielen Dank für Ihren Auftrag.",
    footer=(
        ("Elektro Kampmann GmbH", "Geschäftsführer: U. Kampmann", "HRB 00000 Amtsgericht Lemgo"),
        ("Bankverbindung", "IBAN DE02 5001 0517 0137 0750 30", "BIC INGDDEFF"),
        ("USt-IdNr. DE000000000", "Handwerkskammer OWL", "info@example.org"),
    ),
    accent=(205, 95, 10),
)


def electrical_invoice() -> Letter:
    """Return an invoice in colour, the number of the case in its text."""
    return Letter(
        truth=truth_of(
            "rechnung-elektro-kampmann",
            ELECTRICAL_INVOICE,
            kind="Rechnung",
            municipality="blomberg",
            case=known.ELECTRICAL,
            place=ReferencePlace.RUNNING_TEXT,
            sender_reference="2026-1187",
        ),
        drawing=office_letter(ELECTRICAL_INVOICE, head=firm_head, face=Face.OFFICE),
        look=Look(mode=Mode.COLOUR, skew=0.5, folds=(105, 210), noise=8),
    )


PRINTING_INVOICE = Content(
    sender=("Druckerei Lüttmann", "Inh. Sven Lüttmann", "Emmerstraße 2, 32676 Lügde"),
    recipient=LUEGDE,
    day=date(2026, 11, 3),
    references=(("Rechnungs-Nr.:", "RE 26/0932"), ("Lieferschein:", "26-4410")),
    contact=(("Telefon:", "040 66969-719"),),
    subject="Rechnung RE 26/0932",
    body=("wir lieferten Ihnen am 29. Oktober 2026 frei Haus:",),
    rows=(
        Row(text="Briefbogen Stadt Lügde, 2/0-farbig, 90 g/m²", count=5000, unit="Stk.", price=7),
        Row(text="Fensterhüllen DIN lang, 1/0-farbig", count=4000, unit="Stk.", price=5),
        Row(text="Plakate DIN A2 Wintermarkt, 4/0-farbig", count=60, unit="Stk.", price=185),
    ),
    closing="Bitte überweisen Sie den Betrag bis zum 17.11.2026.",
    footer=(
        ("Druckerei Lüttmann", "Emmerstraße 2", "32676 Lügde"),
        ("IBAN DE89 3704 0044 0532 0130 00", "BIC COBADEFFXXX"),
        ("Steuer-Nr. 000/0000/0000",),
    ),
    accent=(0, 110, 140),
)


def printing_invoice() -> Letter:
    """Return an invoice that belongs to no case, one JPEG as an app on a phone leaves it: warm light, skewed."""
    return Letter(
        truth=truth_of(
            "rechnung-druckerei",
            PRINTING_INVOICE,
            kind="Rechnung",
            municipality="luegde",
            sender_reference="RE 26/0932",
        ),
        drawing=office_letter(PRINTING_INVOICE, head=firm_head, face=Face.SANS, size=10.5),
        look=Look(
            mode=Mode.COLOUR, skew=-1.5, paper=(240, 232, 214), ink=38, noise=13, shade=48, dark_lid=True, blur=0.7
        ),
        container=Container.JPEG,
    )


MONUMENT_REPORT = Content(
    sender=("Ingenieurbüro Hartwig + Seidel", "Tragwerksplanung · Bauwerksprüfung", "Bruchstraße 33, 32756 Detmold"),
    recipient=("Stadt Schieder-Schwalenberg", "Untere Denkmalbehörde", "Domänenhof 3", "32816 Schieder-Schwalenberg"),
    day=date(2026, 10, 30),
    references=(("Projekt-Nr.:", "26-088"), ("Bearbeitung:", "Dipl.-Ing. S. Seidel")),
    contact=(("Telefon:", "040 66969-550"),),
    subject="Gutachten zur Standsicherheit der Fachwerkscheune Domänenweg 7 in Schwalenberg",
    body=(
        f"mit Schreiben vom 11. Mai 2026 haben Sie uns zum Vorgang {known.MONUMENT.number} mit der Beurteilung der "
        "Standsicherheit beauftragt. Wir haben das Gebäude am 9. Juni und am 22. September 2026 besichtigt und "
        "berichten wie folgt.",
        "# 1. Gebäude und Anlass",
        "Die Scheune wurde laut Inschrift 1784 als Vierständerbau mit acht Gebinden errichtet und um 1890 nach Osten "
        "um zwei Gebinde verlängert. Sie ist unter der Nummer 41 in die Denkmalliste eingetragen. Nach dem Sturm im "
        "Februar 2026 zeigte sich eine Schiefstellung des Westgiebels; die Fläche davor ist seither gesperrt.",
        "# 2. Untersuchungen",
        "Die Hölzer wurden mit Bohrwiderstandsmessungen an 46 Stellen geprüft, die Fundamente an drei Stellen "
        "freigelegt. Die Verformungen wurden tachymetrisch aufgenommen. Feuchtemessungen an den Schwellen "
        "ergaben Werte zwischen 18 und 34 Prozent.",
        "# 3. Ergebnisse",
        "– Die Schwelle der Nordseite ist auf 6,40 m Länge durch Fäulnis zerstört und nicht mehr tragfähig.",
        "– Fünf Ständerfüße haben mehr als die Hälfte ihres Querschnitts verloren.",
        "– Der Westgiebel steht auf 7,10 m Höhe um 21 cm aus dem Lot; die Zapfen der Kopfbänder sind gebrochen.",
        "– Das Dachwerk ist mit Ausnahme von drei Sparren im Bereich der früheren Gaube in gutem Zustand.",
        "– Ein aktiver Befall durch den Hausbock wurde an zwei Deckenbalken festgestellt.",
        "Die Fundamente aus Bruchstein reichen nur 35 bis 45 cm tief und damit nicht frostfrei. Setzungen wurden nur "
        "unter dem Anbau von 1890 festgestellt; sie sind nach unserer Einschätzung abgeklungen.",
        "# 4. Beurteilung",
        "Die Standsicherheit ist im jetzigen Zustand nicht gegeben. Eine akute Einsturzgefahr besteht für den "
        "Westgiebel bei Windgeschwindigkeiten über 90 km/h. Die Sperrung ist beizubehalten und auf den Gehweg "
        "auszudehnen. Ein Abbruch ist technisch nicht geboten: Die Schäden sind auf begrenzte Bereiche beschränkt "
        "und mit handwerklichen Mitteln zu beheben.",
        "# 5. Empfohlene Maßnahmen",
        "– Sofort: Abstützung des Westgiebels mit drei Schrägstreben auf Betonwiderlagern.",
        "– Bis Ende Februar 2027: Austausch der Nordschwelle, Anschuhen der fünf Ständer in Eiche.",
        "– Bis Ende 2027: Richten des Giebels, Erneuerung der Kopfbänder, Ausbesserung der Gefache in Lehm.",
        "– Begleitend: Bekämpfung des Hausbocks im Heißluftverfahren durch einen Fachbetrieb.",
        "# 6. Kosten",
        "Für die Sofortmaßnahme rechnen wir mit 14.500 €, für die Instandsetzung mit 186.000 € jeweils brutto ohne "
        "Baunebenkosten. Die Kostenschätzung hat eine Genauigkeit von etwa 20 Prozent. Fördermittel der "
        "Denkmalpflege kommen in Betracht; die Anträge sollten vor Beginn der Arbeiten gestellt sein.",
        "Für Rückfragen und einen gemeinsamen Ortstermin stehen wir gern zur Verfügung. Die Messprotokolle und die "
        "Fotodokumentation mit 64 Aufnahmen liegen auf einem Datenträger bei.",
    ),
    signed="Dipl.-Ing. Susanne Seidel",
    enclosures=("Datenträger mit Messprotokollen und Fotodokumentation",),
    accent=(30, 30, 40),
)


def monument_report() -> Letter:
    """Return an engineer's report: two sheets printed on one side, scanned on both, black and white."""
    return Letter(
        truth=truth_of(
            "gutachten-fachwerkscheune",
            MONUMENT_REPORT,
            kind="Gutachten",
            municipality="schieder",
            pages=4,
            case=known.MONUMENT,
            place=ReferencePlace.RUNNING_TEXT,
            sender_reference="26-088",
            blank_pages=(2, 4),
        ),
        drawing=with_blank_backs(office_letter(MONUMENT_REPORT, head=law_head, face=Face.SANS, size=11.5)),
        look=Look(mode=Mode.BILEVEL, skew=0.7, noise=13, specks=90, punched=True, threshold=152),
        duplex=True,
    )


GRAVESTONE = Content(
    sender=("Steinmetzbetrieb Rolf Pieper", "Marktstraße 19", "32816 Schieder-Schwalenberg", "Tel. 0171 3920052"),
    recipient=SCHIEDER,
    place="Schwalenberg",
    day=date(2026, 11, 16),
    subject="Grabmal Familie Rehmert, Friedhof Schwalenberg",
    body=(
        f"für das Grabmal auf der Grabstätte Feld C Nr. 17 hatte ich am 15. Oktober die Genehmigung beantragt (bei "
        f"Ihnen {known.GRAVE.number}). Sie baten um eine geänderte Zeichnung, weil die Höhe von 1,30 m überschritten "
        "war.",
        "Die neue Zeichnung liegt bei. Der Stein ist jetzt 1,25 m hoch, 0,60 m breit und 0,16 m stark, Material "
        "Anröchter Sandstein, Schrift vertieft und nicht getönt. Die Verdübelung erfolgt nach der TA Grabmal mit "
        "zwei Edelstahldübeln von 16 mm.",
        "Da die Familie das Grab zum Totensonntag herrichten möchte, wäre ich für eine kurzfristige Freigabe dankbar.",
    ),
    signed="Rolf Pieper, Steinmetzmeister",
    enclosures=("Zeichnung im Maßstab 1:10 (zweifach)",),
)


def gravestone() -> Letter:
    """Return a mason asks after an approval; the number stands in the text."""
    return Letter(
        truth=truth_of(
            "grabmal-pieper",
            GRAVESTONE,
            kind="Anfrage",
            municipality="schieder",
            case=known.GRAVE,
            place=ReferencePlace.RUNNING_TEXT,
        ),
        drawing=home_letter(GRAVESTONE, face=Face.SANS, size=11),
        look=Look(skew=-0.7, paper=(243, 243, 240), noise=11, folds=(99, 198), punched=True),
        container=Container.TIFF,
    )


FAX = Content(
    sender=("Dachbau Siekmann & Söhne", "Industrieweg 7", "32816 Schieder-Schwalenberg"),
    recipient=("Stadt Schieder-Schwalenberg", "Ordnungsamt - Straßenverkehr", "Fax 040 66969-199"),
    day=date(2026, 11, 18),
    references=(("Bauvorhaben:", "26-307"),),
    contact=(("Telefon:", "0171 3920085"), ("Telefax:", "040 66969-286")),
    subject="Halteverbot für Kranstellung, Burgstraße 5 in Schwalenberg",
    body=(
        "für Dacharbeiten am Haus Burgstraße 5 müssen wir am Dienstag, dem 1. Dezember 2026, von 7 bis 16 Uhr einen "
        "Autokran aufstellen. Wir beantragen dafür ein absolutes Halteverbot vor den Häusern Burgstraße 3 bis 7 und "
        "die halbseitige Sperrung der Fahrbahn.",
        "Die Beschilderung übernehmen wir selbst, der Verkehrszeichenplan nach Regelplan B I/6 geht Ihnen per Post zu. "
        "Die Anwohner werden von uns benachrichtigt.",
        "Wegen der kurzen Frist senden wir den Antrag vorab per Telefax.",
    ),
    signed="Karl-Heinz Siekmann",
)


def fax() -> Letter:
    """Return an application that came by fax: coarse, spotted, with the sending machine's line at the top."""
    letter = office_letter(FAX, head=law_head, face=Face.SANS, size=11.5, marks=False)

    def draw(desk: Desk) -> list[Sheet]:
        sheets = letter(desk)
        for sheet in sheets:
            line = "18/11/2026  14:22   +49 40 66969286          DACHBAU SIEKMANN            S.  01/01"
            sheet.text(14, 8, line, Style(face=Face.MONO, size=9, bold=True))
        return sheets

    return Letter(
        truth=truth_of("fax-halteverbot-siekmann", FAX, kind="Antrag", municipality="schieder"),
        drawing=draw,
        look=Look(mode=Mode.BILEVEL, skew=0.2, noise=34, blur=1.6, specks=900, threshold=168, streak=63),
        container=Container.TIFF,
    )


TRENCH_NOTICE = Content(
    sender=("Weserland Netz GmbH", "Netzregion Süd", "Postfach 10 20 30, 32423 Minden"),
    recipient=("Stadt Lügde", "Tiefbauamt", "Am Markt 1", "32676 Lügde"),
    day=date(2026, 11, 12),
    references=(("Ihr Zeichen:", known.TRENCH.number), ("Unser Zeichen:", "NS-T 26/5519")),
    subject="Erneuerung der Gasleitung in der Brückenstraße, Anzeige des Baubeginns",
    body=(
        "mit Ihrer Zustimmung vom 20. Oktober 2026 beginnen wir am Montag, dem 30. November 2026, mit den "
        "Aufgrabungen in der Brückenstraße zwischen Hausnummer 3 und der Einmündung Kanalstraße.",
        "Die Bauzeit beträgt voraussichtlich drei Wochen. Die Arbeiten führt die Firma Tiefbau Rasche aus. Der Gehweg "
        "auf der Südseite wird gesperrt, der Fußverkehr über einen Notweg geführt. Die verkehrsrechtliche "
        "Anordnung hat der Kreis Lippe unter dem 6. November 2026 erteilt.",
        "Wir bitten um Benennung einer Person für die gemeinsame Zustandsfeststellung der Oberfläche vor Beginn der "
        "Arbeiten. Als Termin schlagen wir Donnerstag, den 26. November 2026, 9 Uhr vor.",
        "Nach Abschluss wird der Oberbau gemäß ZTV A-StB wiederhergestellt und Ihnen zur Abnahme angezeigt.",
    ),
    signed="i. V. Holger Strunk    i. A. Nadine Feld",
)


def trench_notice() -> Letter:
    """Return a utility's notice as its own program made it: text, no image. It must go on byte for byte."""
    return Letter(
        truth=truth_of(
            "netzbetreiber-aufgrabung",
            TRENCH_NOTICE,
            kind="Anzeige",
            municipality="luegde",
            case=known.TRENCH,
            place=ReferencePlace.ANCHOR,
            sender_reference="NS-T 26/5519",
        ),
        written=lambda: office_pdf(TRENCH_NOTICE),
    )


def office_pdf(content: Content) -> bytes:
    """Return the letter as a PDF of one page with real text."""
    lines = [Line(x=71, y=775, text=content.sender[0], size=18, bold=True)]
    lines += [Line(x=71, y=760 - 11 * index, text=line, size=9) for index, line in enumerate(content.sender[1:])]
    lines += [Line(x=71, y=690 - 13 * index, text=line) for index, line in enumerate(content.recipient)]
    pairs = (*content.references, ("Datum:", short_date(content.day)))
    for index, (label, value) in enumerate(pairs):
        lines += [
            Line(x=354, y=690 - 14 * index, text=label, size=9),
            Line(x=430, y=690 - 14 * index, text=value, size=10),
        ]
    y = 560.0
    for index, part in enumerate((content.subject, DEAR_ALL, *content.body, KIND_REGARDS, content.signed)):
        for text in broken(part, 440, 11):
            lines.append(Line(x=71, y=y, text=text, bold=index == 0))
            y -= 14
        y -= 10
    return text_pdf([lines], title=content.subject)
