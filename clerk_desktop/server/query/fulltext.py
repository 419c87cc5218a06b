"""Text expressions of CONTAINS (2.1.14.2.4.5 of CMIS 1.1) as FTS5 expressions.

Blank is AND, OR binds weaker, a leading minus negates, ``*`` ends a word openly. Words are compared by their letters,
case and accents aside, as the tokenizer of the table ``words`` does.
"""

from __future__ import annotations

import re

from clerk_desktop.server.faults import invalid
from clerk_desktop.server.rights import name_key

_TOKEN = re.compile(r'(-?)(?:"((?:[^"\\]|\\.)*)"|((?:[^\s"\\]|\\.)+))', re.DOTALL)
MAX_TERMS = 200


def to_fts(expression: str) -> tuple[str | None, list[str]]:
    """Return the FTS5 expression of what must match (None: nothing must) and the expressions that must not.

    Raises ``Fault`` (invalidArgument). Negated terms are only understood beside each other or beside positive ones
    in an expression without OR.
    """
    alternatives: list[list[str]] = [[]]
    unwanted: list[str] = []
    position = 0
    for match in _TOKEN.finditer(expression):
        if expression[position : match.start()].strip():
            raise invalid("The text expression is malformed.")
        position = match.end()
        minus, phrase, word = match.groups()
        if word == "OR" and not minus:
            alternatives.append([])
            continue
        if word == "AND" and not minus:
            continue
        term = _term(phrase if word is None else word, is_phrase=word is None)
        if term is None:
            continue
        if minus:
            unwanted.append(term)
        else:
            alternatives[-1].append(term)
    if expression[position:].strip() or len(unwanted) + sum(map(len, alternatives)) > MAX_TERMS:
        raise invalid("The text expression is malformed.")
    if unwanted and len(alternatives) > 1:
        raise invalid("OR and minus cannot be mixed in a text expression.")
    filled = [f"({' AND '.join(terms)})" for terms in alternatives if terms]
    if not filled and not unwanted:
        raise invalid("The text expression has no words.")
    return (" OR ".join(filled) or None), unwanted


def _term(text: str, *, is_phrase: bool) -> str | None:
    """Return one quoted FTS5 string; a trailing wildcard makes it a prefix. None when no letter is left."""
    plain = re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
    open_end = not is_phrase and text.endswith("*") and not text.endswith("\\*")
    words = re.findall(r"\w+", name_key(plain).replace("_", " "))
    if not words:
        return None
    return '"' + " ".join(words) + '"' + ("*" if open_end else "")
