"""Builds what is typed into a database from the facets' terms, in the database's own syntax.

EBSCOhost and Web of Science both know AND, OR, quotes for phrases, * for an ending and brackets.
They differ in nearness (`N5` in EBSCOhost, `NEAR/5` in Web of Science), in how earlier searches are
named when they are combined (S1, #1), and in that Web of Science wants a field (`TS=`: topic).
Sources: EBSCO Connect, "Searching with Boolean operators" and "Proximity searches"; Clarivate, Web
of Science Help, "Search operators" and "Search rules".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TOKEN = re.compile(r'\s*(\(|\)|"[^"]*"|[^\s()"]+)')
NEAR = re.compile(r"(?:N|NEAR/)(\d{1,2})")


class Faulty(ValueError):
    """A query that a database would refuse or read in another way than it is meant."""


@dataclass(frozen=True)
class Database:
    """How one search system wants its queries."""

    id: str
    near: str  # with {n} for the number of words
    searched: str  # a whole query, with {query}
    earlier: str  # an earlier search, with {number}


EBSCOHOST = Database("ebscohost", "N{n}", "{query}", "S{number}")
WEB_OF_SCIENCE = Database("web_of_science", "NEAR/{n}", "TS=({query})", "#{number}")
DATABASES = (EBSCOHOST, WEB_OF_SCIENCE)


def facet_query(terms: Sequence[str], database: Database) -> str:
    """All terms of a facet, joined by OR."""
    query = " OR ".join(spelled(term, database) for term in terms)
    check(query, database)
    return database.searched.format(query=query)


def combined(facets: Sequence[str], order: Mapping[str, int], database: Database) -> str:
    """Several facets' searches narrowed to what they share, by the numbers of the searches."""
    return " AND ".join(database.earlier.format(number=order[facet]) for facet in facets)


def spelled(term: str, database: Database) -> str:
    """A term as the database wants it: phrases in quotes, nearness in its own word."""
    if "(" in term:
        return NEAR.sub(lambda match: database.near.format(n=match.group(1)), term)
    bare = term.strip('"')
    return f'"{bare}"' if re.search(r"[\s-]", bare) else bare


def check(query: str, database: Database) -> None:
    """Raise Faulty unless the database can read the query in one way only."""
    tokens = TOKEN.findall(query)
    if "".join(tokens) != re.sub(r"\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", "", query):
        raise Faulty(f"a quote is not closed: {query}")
    rest = expression(tokens, database)
    if rest:
        raise Faulty(f"a bracket too many: {query}")


def expression(tokens: list[str], database: Database) -> list[str]:
    """Read terms with one and the same operator between them; the tokens left over.

    Mixing operators on one level is a fault: the databases take them in different orders.
    """
    rest = operand(tokens, database)
    used: set[str] = set()
    while rest and rest[0] != ")":
        used.add(operator(rest[0], database))
        rest = operand(rest[1:], database)
    if len(used) > 1:
        raise Faulty(f"{' and '.join(sorted(used))} without brackets between them")
    return rest


def operator(token: str, database: Database) -> str:
    """The token, if it is an operator of the database."""
    near = re.escape(database.near).replace(r"\{n\}", r"\d{1,2}")
    if token not in ("AND", "OR") and not re.fullmatch(near, token):
        raise Faulty(f"an operator is missing before “{token}”")
    return token


def operand(tokens: list[str], database: Database) -> list[str]:
    """Read one term or bracket; the tokens after it."""
    if not tokens or tokens[0] == ")" or tokens[0] in ("AND", "OR") or NEAR.fullmatch(tokens[0]):
        raise Faulty("a term is missing")
    if tokens[0] == "(":
        rest = expression(tokens[1:], database)
        if not rest:
            raise Faulty("a bracket is not closed")
        return rest[1:]
    word = tokens[0].strip('"')
    if not re.fullmatch(r"[A-Za-z][\w' -]*\*?", word) or len(word.rstrip("*")) < 3:
        raise Faulty(f"“{word}” is no term: * may only end a word of at least three letters")
    return tokens[1:]
