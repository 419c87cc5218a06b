"""The section sign after recognition: German models write "8", "8&", "S" or "$" where "§" is printed.

Corrected only where the words around leave no doubt: a number follows, and then "Abs.", "Satz", "Nr." or a law's
name, short ("VwGO") or spelled out ("der Landesbauordnung"). The raw text is kept apart by whoever calls this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from clerk_desktop.model.reading import Word

_MISREAD_ONE = frozenset({"8", "8&", "&8", "&", "S", "$", "$8", "8$", "S8"})
_MISREAD_TWO = frozenset({"88", "8&8", "88&", "8&8&", "SS", "$$", "S$", "$S", "8S"})
_MISREAD_AFTER = frozenset({"3", "5"})  # only behind a word that leads to a law
_LEADING = frozenset({"nach", "gemäß", "gem.", "laut", "aus"})
_NUMBER = re.compile(r"^\d{1,4}[a-z]?[,;]?$")
_PART = re.compile(r"^(Abs(\.|atz|ätze)?|Satz|S\.|Nr\.|Nummer|Buchst\.|lit\.|ff?\.)[,;]?$")
_BETWEEN = re.compile(r"^(\d{1,4}[a-z]?[,;]?|\(?\d{1,2}\)?[,;]?|und|oder|bis|u\.|-|–|ff?\.,?|[IVX]{1,4}[,;]?)$")
_LAWS = """
AO BGB GG GO GKG KAG OBG StGB StPO StVO StVG SGB VwGO VwVfG VwZG OWiG BauGB BauO BImSchG GewO HGB ZPO InsO WoGG BAföG
BMG PStG PAuswG AufenthG AsylG IFG DSG DSGVO BDSG GemO LBO LWG WHG BNatSchG UStG EStG GrStG GewStG KitaG SchulG KiBiz
TVöD LBG BeamtStG LPVG VOB VgV GWB IfSG TierSchG WaffG JuSchG UVG SprengG BestG FeuerwG BHKG
"""
_LAW_NAMES = frozenset(_LAWS.split())
_LAW_SHAPE = re.compile(r"^(?=.*[a-zäöüß])[A-ZÄÖÜ][A-Za-zÄÖÜäöüß]*(?:G|GB|VO|VfG|GO|PO|ZO|StG)$")
_SPELLED_OUT = re.compile(r"(ordnung|gesetz|gesetze?s|gesetzbuche?s?|satzung|verfassung)$", re.IGNORECASE)
_ARTICLES = frozenset({"der", "des", "dieser", "dieses"})
_NO_LAWS = frozenset({"EUR", "KG", "AG", "OHG", "UG", "eG", "OG", "DVD", "PDF"})
_IN_CONNECTION = re.compile(r"^i\.?(V|S)\.")  # in Verbindung mit, im Sinne
_OPENING = "([|„»\"'"
_LOOK_AHEAD = 8


def corrected(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return ``words`` with misread section signs put right; places, lines and confidence stay."""
    result = list(words)
    for index, word in enumerate(words):
        bare = word.text.lstrip(_OPENING)
        led = index > 0 and words[index - 1].text.lower() in _LEADING and bare in _MISREAD_AFTER
        sign = "§" if led or bare in _MISREAD_ONE else "§§" if bare in _MISREAD_TWO else ""
        if sign and _names_law([later.text for later in words[index + 1 : index + 1 + _LOOK_AHEAD]]):
            result[index] = replace(word, text=word.text.removesuffix(bare).replace("|", "") + sign)
    return tuple(result)


def _names_law(following: Sequence[str]) -> bool:
    """Whether the words go on as after a section sign: "28 Abs.", "12, 13 und 14 BGB", "50 i. V. m."."""
    if not following or not _NUMBER.match(following[0]):
        return False
    rest = following[1:]
    for word, next_word in zip(rest, [*rest[1:], ""], strict=False):
        bare = word.strip(".,;:()")
        if _PART.match(word) or bare in _LAW_NAMES:
            return True
        if _LAW_SHAPE.match(bare) and bare not in _NO_LAWS:
            return True
        if _IN_CONNECTION.match(word + next_word):
            return True
        if word in _ARTICLES and _SPELLED_OUT.search(next_word.strip(".,;:()")):
            return True
        if not _BETWEEN.match(word):
            return False
    return False
