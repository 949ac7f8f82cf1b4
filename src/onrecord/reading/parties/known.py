"""Parties known from the data: by a name of theirs, or by a country and an office every state has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.model import PartyKind
from onrecord.reading.countries import Country
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parties import added

_GROUPS = frozenset(("armed", "coalition"))


@dataclass(frozen=True, slots=True)
class Known:
    """A party of the data files; ``type`` ("agency", "monitor", "ministry" …) says which nouns may pick it up again."""

    name: str
    type: str
    side: str | None = None
    where: tuple[str, ...] = ()
    """States it belongs to, by code: they tell it from another party of the same acronym."""

    @property
    def kind(self) -> PartyKind:
        return PartyKind.GROUP if self.type in _GROUPS else PartyKind.ORGANISATION


@dataclass(frozen=True, slots=True)
class Found:
    """A known party's name among a sequence of words: half-open word indices; ``others`` go by the same name."""

    start: int
    end: int
    known: Known
    others: tuple[Known, ...] = ()


OUTLETS = frozenset(("agency", "state media", "newspaper", "broadcaster", "outlet"))
_WORD = re.compile(r"[^\W_]+")


def plain_words(text: str) -> list[str]:
    """The words of a name as they are compared: no article, hyphens, dots or apostrophes.

    >>> plain_words("The U.N. People's-Units")
    ['UN', 'People', 'Units']
    """
    bare = text.replace("’", "'").replace("'s", "").replace("'", "")
    bare = re.sub(r"(?<=\b[A-Z])\.(?=[A-Z]\b|\s|$)", "", bare)
    words = _WORD.findall(bare)
    return words[1:] if len(words) > 1 and words[0] in ("the", "The") else words


@dataclass(frozen=True, slots=True)
class _Alias:
    words: tuple[str, ...]
    exact: tuple[str, ...] | None
    known: Known


@cache
def _aliases() -> dict[str, tuple[_Alias, ...]]:
    """Aliases by their first word, longest first; what a desk added goes before what we know."""
    index: dict[str, list[_Alias]] = {}
    for row in (*added.parties(), *lexicon("parties_known")["party"]):
        known = Known(row["name"], row["type"], row.get("side"), tuple(row.get("where", ())))
        for name in (row["name"], *row.get("aliases", ())):
            words = tuple(plain_words(name))
            strict = len(words) == 1 or all(w.isupper() for w in words)
            alias = _Alias(tuple(w.lower() for w in words), words if strict else None, known)
            index.setdefault(alias.words[0], []).append(alias)
    return {first: tuple(sorted(found, key=lambda a: -len(a.words))) for first, found in index.items()}


def known_among(words: Sequence[str]) -> list[Found]:
    """The known parties named in ``words``, longest first from the left, without overlap.

    Acronyms and one-word names keep their capitals ("IS" is not "is").

    >>> [f.known.name for f in known_among(["fighters", "of", "IS", "and", "the", "UN", "refugee", "agency"])]
    ['Islamic State', 'United Nations High Commissioner for Refugees']
    """
    aliases = _aliases()
    lowered = [w.lower() for w in words]
    found: list[Found] = []
    at = 0
    while at < len(words):
        alias = next((a for a in aliases.get(lowered[at], ()) if _stands(a, words, lowered, at)), None)
        if alias:
            found.append(Found(at, at + len(alias.words), alias.known, _others(alias)))
        at += len(alias.words) if alias else 1
    return found


def _others(alias: _Alias) -> tuple[Known, ...]:
    """Whom else the same words name; what a desk added has no rivals."""
    if any(row["name"] == alias.known.name for row in added.parties()):
        return ()
    same = _aliases()[alias.words[0]]
    return tuple(a.known for a in same if (a.words, a.exact) == (alias.words, alias.exact) and a.known != alias.known)


def likeliest(found: Found, named: frozenset[str], states: frozenset[str]) -> Known:
    """Whom an acronym of several parties means in a text, by the full names and the states in it."""
    rivals = (found.known, *found.others)
    told = next((k for k in rivals if k.name in named), None)
    here = next((k for k in rivals if not states.isdisjoint(k.where)), None)
    anywhere = next((k for k in rivals if not k.where), None)
    return told or here or anywhere or found.known


def _stands(alias: _Alias, words: Sequence[str], lowered: Sequence[str], at: int) -> bool:
    end = at + len(alias.words)
    if tuple(lowered[at:end]) != alias.words:
        return False
    return alias.exact is None or tuple(words[at:end]) == alias.exact


@cache
def _offices() -> dict[str, int]:
    rows = lexicon("parties_offices")["office"]
    return {_office_key(alias): i for i, row in enumerate(rows) for alias in row["aliases"]}


def _office_key(words: str) -> str:
    return " ".join(plain_words(words)).lower()


def office_type(words: str) -> str | None:
    """The type of the office that ``words`` names in any state, or None.

    >>> office_type("defence ministry"), office_type("bakery")
    ('ministry', None)
    """
    at = _offices().get(_office_key(words))
    return None if at is None else str(lexicon("parties_offices")["office"][at]["type"])


def office(words: str, country: Country) -> Known | None:
    """The office ``words`` ("general staff") of a country, by pattern, or by the name it has in that state."""
    at = _offices().get(_office_key(words))
    if at is None:
        return None
    row = lexicon("parties_offices")["office"][at]
    demonym = country.demonyms[0] if country.demonyms else country.name
    name = row.get(country.code) or row["name"].format(
        country=country.name, the=with_article(country.name), demonym=demonym
    )
    return Known(name, row["type"], country.code)


def state(country: Country) -> Known:
    """A country as one who speaks: its government."""
    found = office("government", country)
    if found is None:  # pragma: no cover - the data file has it
        raise LookupError("parties_offices has no government")
    return found


_ARTICLE = re.compile(
    r"^(United|Netherlands|Philippines|Maldives|Bahamas|Gambia|.*\b(Republic|Islands|Emirates|Union|Kingdom|Federation)$)"
)


def with_article(name: str) -> str:
    """A country's name as it stands after "of".

    >>> with_article("United Kingdom"), with_article("Ukraine")
    ('the United Kingdom', 'Ukraine')
    """
    return f"the {name}" if _ARTICLE.match(name) else name
