"""The grammar of the query language (2.1.14.2.1 of CMIS 1.1) and the parser from text to ``statement``."""

from __future__ import annotations

import functools
import re
from typing import TypeVar

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import LarkError, VisitError

from clerk_desktop.server.faults import Fault, invalid
from clerk_desktop.server.query.statement import (
    All,
    Column,
    Comparison,
    Condition,
    Contains,
    EqualAny,
    In,
    IsNull,
    Join,
    Like,
    Literal,
    Moment,
    Not,
    Operator,
    Selected,
    Some,
    Sort,
    Statement,
    Table,
    Within,
)
from clerk_desktop.server.values import milliseconds

MAX_LENGTH = 200_000
MAX_NESTING = 50

_KEYWORDS = """
SELECT FROM AS WHERE AND OR NOT IN LIKE IS NULL ANY ORDER BY ASC DESC JOIN INNER LEFT OUTER ON CONTAINS SCORE
IN_FOLDER IN_TREE TRUE FALSE TIMESTAMP
"""

_GRAMMAR = r"""
start: _SELECT selected _FROM table join* [_WHERE any_of] [_ORDER _BY sort ("," sort)*]

selected: "*" -> everything
        | member ("," member)* -> members
member: column [[_AS] NAME] -> plain
      | NAME "." "*" -> all_of
      | _SCORE "(" ")" [[_AS] NAME] -> score
table: NAME [[_AS] NAME]
join: [_INNER] _JOIN table _ON column "=" column -> inner
    | _LEFT [_OUTER] _JOIN table _ON column "=" column -> outer
column: NAME ["." NAME]
sort: column -> ascending
    | column _ASC -> ascending
    | column _DESC -> descending

?any_of: all_of_them (_OR all_of_them)*
?all_of_them: test (_AND test)*
?test: _NOT test -> negation
     | "(" any_of ")"
     | predicate
?predicate: column OPERATOR literal -> comparison
          | column "=" literal -> equality
          | column _IN literals -> in_list
          | column _NOT _IN literals -> not_in_list
          | column _LIKE STRING -> like
          | column _NOT _LIKE STRING -> not_like
          | column _IS _NULL -> is_null
          | column _IS _NOT _NULL -> is_not_null
          | literal "=" _ANY column -> equal_any
          | _ANY column _IN literals -> any_in
          | _ANY column _NOT _IN literals -> any_not_in
          | _CONTAINS "(" [NAME ","] STRING ")" -> contains
          | _IN_FOLDER "(" [NAME ","] STRING ")" -> in_folder
          | _IN_TREE "(" [NAME ","] STRING ")" -> in_tree
literals: "(" literal ("," literal)* ")"
literal: STRING -> string
       | NUMBER -> number
       | _TRUE -> true
       | _FALSE -> false
       | _TIMESTAMP STRING -> timestamp

OPERATOR: "<>" | "<=" | ">=" | "<" | ">"
STRING: /'(?:[^'\\]|\\.|'')*'/s
NUMBER: /[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?/
NAME: /[^\W\d][\w:\-]*/
%ignore /\s+/
"""
_WORDS = "\n".join(rf"_{word}.2: /{word}(?![\w:\-])/i" for word in _KEYWORDS.split())


def parse(text: str) -> Statement:
    """Return the statement of a query text. Raises ``Fault`` (invalidArgument)."""
    if len(text) > MAX_LENGTH or _nesting(text) > MAX_NESTING:
        raise invalid("The query is too long.")
    try:
        return _Builder().transform(_parser().parse(text))
    except VisitError as error:
        if isinstance(error.orig_exc, Fault):
            raise error.orig_exc from None
        raise
    except (LarkError, RecursionError):
        raise invalid("The query is malformed.") from None


@functools.cache
def _parser() -> Lark:
    return Lark(_GRAMMAR + _WORDS, parser="lalr", lexer="contextual", maybe_placeholders=True)


def _nesting(text: str) -> int:
    deepest = depth = 0
    for mark in re.findall(r"'(?:[^'\\]|\\.|'')*'|[()]|\bnot\b", text, re.IGNORECASE | re.DOTALL):
        if mark == "(" or mark.lower() == "not":
            depth += 1
        elif mark == ")":
            depth = max(0, depth - 1)
        deepest = max(deepest, depth if "(" in text else 0)
    return deepest


def _unquoted(token: Token) -> str:
    """Return what a string literal says: quotation marks and backslashes are escaped, all else stays (2.1.14.2.1)."""
    return re.sub(r"''|\\(['\\])", lambda match: match[1] or "'", token[1:-1], flags=re.DOTALL)


_Node = TypeVar("_Node")


@v_args(inline=True)
class _Builder(Transformer[Token, Statement]):
    """Makes a statement of the parse tree. Method names are those of the grammar's rules."""

    def start(self, selected: tuple[Selected, ...], table: Table, *rest: object) -> Statement:
        joins = tuple(item for item in rest if isinstance(item, Join))
        order = tuple(item for item in rest if isinstance(item, Sort))
        conditions = [item for item in rest if item is not None and not isinstance(item, Join | Sort)]
        where = conditions[0] if conditions else None
        assert where is None or isinstance(where, Condition)
        return Statement(selected=selected, table=table, joins=joins, where=where, order=order)

    def everything(self) -> tuple[Selected, ...]:
        return (Selected(column=Column(table=None, name="*"), alias=None),)

    def members(self, *members: Selected) -> tuple[Selected, ...]:
        return members

    def plain(self, column: Column, alias: Token | None) -> Selected:
        return Selected(column=column, alias=_text(alias))

    def all_of(self, table: Token) -> Selected:
        return Selected(column=Column(table=str(table), name="*"), alias=None)

    def score(self, alias: Token | None) -> Selected:
        return Selected(column=None, alias=_text(alias))

    def table(self, name: Token, alias: Token | None) -> Table:
        return Table(name=str(name), alias=_text(alias))

    def inner(self, table: Table, left: Column, right: Column) -> Join:
        return Join(table=table, left=left, right=right)

    def outer(self, *_parts: object) -> Join:
        raise invalid("Outer joins are not supported.")

    def column(self, first: Token, second: Token | None) -> Column:
        return Column(table=None, name=str(first)) if second is None else Column(table=str(first), name=str(second))

    def ascending(self, column: Column) -> Sort:
        return Sort(column=column, descending=False)

    def descending(self, column: Column) -> Sort:
        return Sort(column=column, descending=True)

    def any_of(self, *conditions: Condition) -> Condition:
        return Some(conditions=conditions)

    def all_of_them(self, *conditions: Condition) -> Condition:
        return All(conditions=conditions)

    def negation(self, condition: Condition) -> Condition:
        return Not(condition=condition)

    def comparison(self, column: Column, operator: Token, literal: Literal) -> Condition:
        return Comparison(column=column, operator=Operator(str(operator)), literal=literal)

    def equality(self, column: Column, literal: Literal) -> Condition:
        return Comparison(column=column, operator=Operator.EQUAL, literal=literal)

    def in_list(self, column: Column, literals: tuple[Literal, ...]) -> Condition:
        return In(column=column, literals=literals, negated=False, any=False)

    def not_in_list(self, column: Column, literals: tuple[Literal, ...]) -> Condition:
        return In(column=column, literals=literals, negated=True, any=False)

    def any_in(self, column: Column, literals: tuple[Literal, ...]) -> Condition:
        return In(column=column, literals=literals, negated=False, any=True)

    def any_not_in(self, column: Column, literals: tuple[Literal, ...]) -> Condition:
        return In(column=column, literals=literals, negated=True, any=True)

    def like(self, column: Column, pattern: Token) -> Condition:
        return Like(column=column, pattern=_pattern(pattern), negated=False)

    def not_like(self, column: Column, pattern: Token) -> Condition:
        return Like(column=column, pattern=_pattern(pattern), negated=True)

    def is_null(self, column: Column) -> Condition:
        return IsNull(column=column, negated=False)

    def is_not_null(self, column: Column) -> Condition:
        return IsNull(column=column, negated=True)

    def equal_any(self, literal: Literal, column: Column) -> Condition:
        return EqualAny(column=column, literal=literal)

    def contains(self, table: Token | None, expression: Token) -> Condition:
        return Contains(table=_text(table), expression=_unquoted(expression))

    def in_folder(self, table: Token | None, folder: Token) -> Condition:
        return Within(table=_text(table), folder_id=_unquoted(folder), deep=False)

    def in_tree(self, table: Token | None, folder: Token) -> Condition:
        return Within(table=_text(table), folder_id=_unquoted(folder), deep=True)

    def literals(self, *literals: Literal) -> tuple[Literal, ...]:
        return literals

    def string(self, token: Token) -> Literal:
        return _unquoted(token)

    def number(self, token: Token) -> Literal:
        if re.fullmatch(r"[+-]?\d{1,19}", token):
            return int(token)
        return float(token)

    def true(self) -> Literal:
        return True

    def false(self) -> Literal:
        return False

    def timestamp(self, token: Token) -> Literal:
        text = _unquoted(token)
        moment = milliseconds(text) if "-" in text[1:] else None
        if moment is None:
            raise invalid("A TIMESTAMP is malformed.")
        return Moment(milliseconds=moment)


def _text(token: Token | None) -> str | None:
    return None if token is None else str(token)


def _pattern(token: Token) -> str:
    """Return a LIKE pattern in which only wildcards and backslashes are still escaped."""
    return re.sub(r"''|\\'", "'", token[1:-1], flags=re.DOTALL)
