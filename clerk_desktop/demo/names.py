"""Invented names of persons and firms, and streets, to fill the sample office with."""

from __future__ import annotations

FIRST_NAMES = (
    "Anja", "Bernd", "Carola", "Detlef", "Elke", "Florian", "Gudrun", "Hannes", "Ines", "Jörg", "Kerstin", "Lars",
    "Maria", "Norbert", "Olga", "Peter", "Renate", "Stefan", "Tanja", "Uwe", "Verena", "Wolfgang", "Ayşe", "Björn",
    "Claudia", "Dariusz", "Emine", "Friedrich", "Heike", "Ivan", "Jutta", "Klaus", "Lydia", "Marek", "Nadja", "Oliver",
)  # fmt: skip
LAST_NAMES = (
    "Albers", "Bergmann", "Brinkmeier", "Büker", "Deppe", "Drewes", "Eickmeier", "Fischer", "Frevert", "Gerke",
    "Grabbe", "Hanning", "Hartmann", "Hausmann", "Heidemann", "Ilgenstein", "Jürgens", "Kaya", "Kemper", "Klöpping",
    "Koch", "Kowalski", "Kuhlemann", "Lange", "Lenz", "Lüdeking", "Meier", "Meierjohann", "Möller", "Nagel", "Niebuhr",
    "Oetting", "Ostmann", "Petrov", "Plöger", "Quentmeier", "Rabe", "Rieke", "Rügge", "Schäfer", "Schlüter", "Schröder",
    "Sievert", "Stork", "Tegeler", "Uphoff", "Vehmeier", "Wagner", "Wattenberg", "Weber", "Wiemann", "Winter", "Yılmaz",
    "Zimmermann",
)  # fmt: skip
FIRMS = (
    "Tischlerei Ahrens GmbH", "Gartenbau Lippold", "Autohaus Nordlippe GmbH", "Bäckerei Hünefeld",
    "Dachdeckerei Stükerjürgen",
    "TSV Eintracht 1911 e. V.", "Pflegedienst Abendstern", "Metallbau Rolfing KG", "Landhandel Sprute",
    "Hotel Burgblick",
    "Sanitär Kix & Partner", "Weserbergland Wohnbau eG", "Bürobedarf Tölle", "Glasfaser Lipperland GmbH",
    "Café Mühlenrad",
    "Architekturbüro Fels", "Reitstall Hof Meinberg", "Spedition Hachmeister", "Elektro Wöhning", "Druckhaus Ebert",
)  # fmt: skip
STREETS = {
    "blomberg": (
        "Lange Straße", "Hagenstraße", "Kuhstraße", "Bahnhofstraße", "Ostring", "Am Weinberg", "Nederlandstraße",
        "Pideritstraße", "Am Diestelbach", "Feldohlentrift",
    ),
    "luegde": (
        "Mittlere Straße", "Vordere Straße", "Höxterstraße", "Brückenstraße", "Am Osterberg", "Kanalstraße",
        "Pyrmonter Straße", "Lindenweg", "Kilianstraße", "Am Golfplatz",
    ),
    "schieder": (
        "Am Kurpark", "Burgstraße", "Marktstraße", "Bahnhofsallee", "Schlossstraße", "Im Siekholz", "Emmerweg",
        "Brakelsieker Straße", "Domänenweg", "Am Stausee",
    ),
    "kalletal": (
        "Rintelner Straße", "Lemgoer Straße", "Am Dorfbach", "Bergstraße", "Kirchplatz", "Weserstraße", "Schulweg",
        "Herforder Straße", "Am Hang", "Lindenstraße",
    ),
}  # fmt: skip
