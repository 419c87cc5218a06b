"""Letters of citizens in the sample mail. All persons are invented; telephone numbers are those kept for fiction."""

from __future__ import annotations

from datetime import date

from clerk_desktop.demo import known_cases as known
from clerk_desktop.demo.letters.content import Content
from clerk_desktop.demo.letters.files import Container
from clerk_desktop.demo.letters.fonts import Face
from clerk_desktop.demo.letters.layouts.private import home_letter, mail_print, note, typewriter_letter
from clerk_desktop.demo.letters.letter import Letter
from clerk_desktop.demo.letters.making import BLOMBERG, KALLETAL, LUEGDE, truth_of, with_blank_backs
from clerk_desktop.demo.letters.roughen import Look, Mode
from clerk_desktop.demo.letters.truth import ReferencePlace

PARKING = Content(
    sender=("Erika Müller", "Neue Torstraße 14", "32825 Blomberg", "Tel. 0171 3920041"),
    recipient=("Stadt Blomberg", "Ordnungsamt", "Marktplatz 1", "32825 Blomberg"),
    place="Blomberg",
    day=date(2026, 11, 12),
    references=(("Ihr Zeichen:", known.PARKING.number), ("Ihr Schreiben vom:", "02.11.2026")),
    subject="Antrag auf Ausstellung eines Bewohnerparkausweises",
    body=(
        "vielen Dank für Ihr Schreiben und das übersandte Merkblatt. Hiermit beantrage ich einen "
        "Bewohnerparkausweis für die Parkzone B (Altstadt) für die Dauer von zwei Jahren.",
        "Ich bin seit dem 1. Oktober 2026 mit Hauptwohnung in der Neuen Torstraße 14 gemeldet. Mein Fahrzeug, ein "
        "VW Polo mit dem amtlichen Kennzeichen LIP-EM 417, ist auf mich zugelassen und wird nur von mir genutzt. "
        "Ein Stellplatz oder eine Garage steht mir am Haus nicht zur Verfügung; eine Bestätigung meines "
        "Vermieters füge ich bei.",
        "Die Gebühr von 30,70 € pro Jahr überweise ich nach Erhalt des Bescheides. Falls noch Unterlagen fehlen, "
        "erreichen Sie mich am besten nachmittags unter der oben genannten Telefonnummer.",
    ),
    signed="Erika Müller",
    enclosures=("Kopie Zulassungsbescheinigung Teil I", "Bestätigung des Vermieters"),
)


def parking() -> Letter:
    """Return a resident's application, with the number beside "Ihr Zeichen"; blank back that shows through."""
    return Letter(
        truth=truth_of(
            "bewohnerparken-mueller",
            PARKING,
            kind="Antrag",
            municipality="blomberg",
            pages=2,
            case=known.PARKING,
            place=ReferencePlace.ANCHOR,
            blank_pages=(2,),
        ),
        drawing=with_blank_backs(home_letter(PARKING)),
        look=Look(skew=0.6, folds=(99, 198), shade=14, show_through=0.05),
        duplex=True,
    )


DOG_TAX = Content(
    sender=("Heinz Wortmann", "Höxterstraße 38", "32676 Lügde"),
    recipient=("Stadt Lügde", "- Steueramt -", "Am Markt 1", "32676 Lügde"),
    place="Lügde",
    day=date(2026, 11, 9),
    references=(("Ihr Aktenzeichen:", known.DOG_TAX.number),),
    subject="Widerspruch gegen den Hundesteuerbescheid vom 26.10.2026",
    body=(
        "gegen den oben genannten Bescheid lege ich hiermit fristgerecht",
        "W i d e r s p r u c h",
        "ein. Sie haben für zwei Hunde je 96,00 EUR festgesetzt. In meinem Haushalt lebt jedoch nur noch ein Hund. "
        "Die Hündin Senta ist am 3. August 2026 eingeschläfert worden, die Bescheinigung der Tierarztpraxis habe "
        "ich Ihnen am 17. August in den Briefkasten am Rathaus geworfen.",
        "Ich bitte deshalb, den Bescheid aufzuheben und die Steuer ab September nur noch für einen Hund zu "
        "berechnen. Bis zur Entscheidung bitte ich, von einer Mahnung abzusehen.",
    ),
    closing="Hochachtungsvoll",
    signed="Heinz Wortmann",
    stamp=("Stadt Lügde", "11. NOV. 2026", "Anl.: -    Amt: 20"),
)


def dog_tax() -> Letter:
    """Return an objection from a typewriter, scanned in black and white."""
    return Letter(
        truth=truth_of(
            "widerspruch-hundesteuer",
            DOG_TAX,
            kind="Widerspruch",
            municipality="luegde",
            case=known.DOG_TAX,
            place=ReferencePlace.ANCHOR,
        ),
        drawing=typewriter_letter(DOG_TAX),
        look=Look(mode=Mode.BILEVEL, skew=-0.9, noise=16, specks=260, punched=True, threshold=158),
    )


NOISE = Content(
    sender=("Katrin Oberschelp", "Mittlere Straße 22", "32676 Lügde", "k.oberschelp@example.org"),
    recipient=LUEGDE,
    day=date(2026, 11, 16),
    subject=f"AW: Ihre Beschwerde vom 14.07. - Az. {known.NOISE.number}",
    salutation="Sehr geehrter Herr Vogt,",
    body=(
        "leider hat sich seit Ihrem Ortstermin im August wenig geändert. Der Gasthof Zur Emmer hält sich "
        "wochentags meist an die Sperrzeit, an den Wochenenden aber nicht.",
        "Ich habe wie besprochen ein Lärmprotokoll geführt:",
        "– Freitag, 30.10.2026: laute Musik bis 0.50 Uhr, danach Gespräche vor der Tür bis etwa 1.30 Uhr",
        "– Samstag, 31.10.2026: Musik bis 2.15 Uhr, Polizei war gegen 1 Uhr vor Ort (Einsatz-Nr. liegt mir vor)",
        "– Samstag, 07.11.2026: Bässe im Schlafzimmer spürbar bis 1.40 Uhr",
        "– Samstag, 14.11.2026: Heizstrahler und Musik draußen bis 0.35 Uhr",
        "Mein Mann arbeitet im Schichtdienst, unsere Tochter schreibt im Frühjahr Abitur. Ich bitte Sie dringend, "
        "die angekündigte Messung jetzt durchzuführen und mir den Termin mitzuteilen.",
    ),
    closing="Viele Grüße",
    signed="Katrin Oberschelp",
)


def noise() -> Letter:
    """Return a printed e-mail with the number in its subject, scanned to PNG."""
    return Letter(
        truth=truth_of(
            "laermbeschwerde-email",
            NOISE,
            kind="Beschwerde",
            municipality="luegde",
            case=known.NOISE,
            place=ReferencePlace.ANCHOR,
        ),
        drawing=mail_print(
            NOISE, sent="Montag, 16. November 2026 07:52", to="ordnungsamt@luegde.example.org", owner="Vogt, Andreas"
        ),
        look=Look(skew=0.3, noise=5, shade=6, paper=(252, 252, 252)),
        container=Container.PNG,
    )


PROPERTY_TAX = Content(
    sender=("Gisela Brüggemeier", "Pyrmonter Straße 5", "32676 Lügde"),
    recipient=LUEGDE,
    place="Lügde",
    day=date(2026, 11, 5),
    subject="Grundsteuer für mein Haus Pyrmonter Straße 5",
    salutation="Sehr geehrte Frau Krüger,",
    body=(
        "auf unser Telefonat in der letzten Woche komme ich noch einmal zurück. Sie baten mich, die Sache "
        "schriftlich zu erklären und dabei die Nummer 22.10-2026/041 anzugeben.",
        "Ich bin 81 Jahre alt und bewohne das Haus seit dem Tod meines Mannes allein. In der Berechnung ist die "
        "frühere Werkstatt im Hof immer noch als Gewerbefläche enthalten. Der Betrieb ist aber seit 2009 "
        "abgemeldet, die Werkstatt steht leer und ist nicht einmal mehr beheizbar.",
        "Das Finanzamt sagt mir, die Stadt sei zuständig, die Stadt verweist mich an das Finanzamt. Bitte teilen "
        "Sie mir doch mit, an wen ich mich wenden muss und ob ich bis dahin weiter den vollen Betrag zahlen soll.",
    ),
    signed="Gisela Brüggemeier",
)


def property_tax() -> Letter:
    """Return objections to a tax assessment; the number in the text has two digits changed over."""
    return Letter(
        truth=truth_of(
            "grundsteuer-brueggemeier",
            PROPERTY_TAX,
            kind="Einspruch",
            municipality="luegde",
            case=known.PROPERTY_TAX,
            place=ReferencePlace.MISPRINT,
            printed="22.10-2026/041",
        ),
        drawing=home_letter(PROPERTY_TAX, size=13, sender_right=True),
        look=Look(skew=1.4, paper=(238, 236, 228), ink=45, noise=12, folds=(148,), dark_lid=True, shade=26),
    )


STREET_LAMP = Content(
    sender=("Dieter Kuhlmann", "Lemgoer Straße 71", "32689 Kalletal"),
    recipient=KALLETAL,
    place="Kalletal",
    day=date(2026, 11, 17),
    subject="Defekte Straßenlaterne vor Lemgoer Straße 69",
    body=(
        "seit über drei Wochen ist die Laterne vor dem Haus Lemgoer Straße 69 dunkel. Der Fußweg zur Bushaltestelle "
        "liegt dadurch morgens und abends völlig im Finstern, und gerade die Schulkinder müssen hier entlang.",
        "Auf dem Mast steht die Nummer K 2217. Ich habe den Ausfall schon am 26. Oktober über den "
        "Mängelmelder auf Ihrer Internetseite gemeldet, aber bisher keine Antwort erhalten.",
        "Bitte lassen Sie die Lampe vor Beginn der Adventszeit reparieren.",
    ),
    signed="D. Kuhlmann",
)


def street_lamp() -> Letter:
    """Return a short complaint without any number, laid into the scanner the wrong way round."""
    return Letter(
        truth=truth_of("strassenlaterne-kuhlmann", STREET_LAMP, kind="Beschwerde", municipality="kalletal"),
        drawing=home_letter(STREET_LAMP, face=Face.OFFICE),
        look=Look(skew=-0.5, upside_down=True, folds=(99, 198), noise=10),
    )


WASTE = Content(
    sender=("Ilse Hagemann", "Am Dorfbach 3", "32689 Kalletal"),
    recipient=("Gemeinde Kalletal", "Abfallberatung"),
    place="Kalletal",
    day=date(2026, 11, 14),
    references=(("Az.:", known.WASTE.number),),
    subject="Kleinere Restmülltonne",
    salutation="Guten Tag,",
    body=(
        "wie am Telefon besprochen möchte ich meine 120-Liter-Tonne gegen eine mit 60 Litern tauschen. Mein Sohn ist "
        "zum 1. November ausgezogen, ich wohne jetzt allein.",
        "Die alte Tonne steht ab sofort leer an der Straße.",
    ),
    closing="Freundliche Grüße",
    signed="Ilse Hagemann",
)


def waste() -> Letter:
    """Return a note on half a sheet, scanned in colour to JPEG."""
    return Letter(
        truth=truth_of(
            "tonnentausch-hagemann",
            WASTE,
            kind="Antrag",
            municipality="kalletal",
            case=known.WASTE,
            place=ReferencePlace.ANCHOR,
        ),
        drawing=note(WASTE),
        look=Look(mode=Mode.COLOUR, skew=-1.1, paper=(250, 246, 226), noise=8, dark_lid=True),
        container=Container.JPEG,
    )


# Part of the stack.
LOST_WALLET = Content(
    sender=("Frank Reineke", "Bahnhofstraße 27", "32825 Blomberg"),
    recipient=BLOMBERG,
    place="Blomberg",
    day=date(2026, 11, 10),
    subject="Verlust einer braunen Geldbörse am Martinimarkt",
    body=(
        "am Samstag, dem 7. November, habe ich auf dem Martinimarkt zwischen 15 und 17 Uhr meine Geldbörse verloren. "
        "Sie ist aus braunem Leder und enthält Personalausweis, Führerschein, eine EC-Karte und etwa 60 Euro.",
        "Bitte benachrichtigen Sie mich, falls sie bei Ihnen abgegeben worden ist. Die Karte habe ich sperren lassen.",
    ),
    signed="Frank Reineke",
)


# Part of the stack; the number stands in the text.
TREE = Content(
    sender=("Margret Althoff", "Am Hohen Turm 6", "32825 Blomberg"),
    recipient=BLOMBERG,
    place="Blomberg",
    day=date(2026, 11, 11),
    subject="Blutbuche auf meinem Grundstück Am Hohen Turm 6",
    body=(
        f"zu meinem Antrag, der bei Ihnen unter der Nummer {known.TREE.number} geführt wird, reiche ich die "
        "Stellungnahme des Baumpflegers nach. Herr Grote hat den Stamm am 6. November mit dem Schallhammer geprüft "
        "und eine Höhlung bis in etwa vier Meter Höhe festgestellt.",
        "Da der Baum zum Gehweg hin geneigt ist, bitte ich um eine Entscheidung noch vor den Winterstürmen. Zu "
        "einer Ersatzpflanzung bin ich gern bereit; ich dachte an eine Winterlinde an der Nordseite.",
    ),
    signed="Margret Althoff",
    enclosures=("Stellungnahme Baumpflege Grote (wird per E-Mail nachgesandt)",),
)
