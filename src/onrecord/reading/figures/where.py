"""Where: the place a figure is about, and the country whose land it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from spacy.tokens import Token

from onrecord.model import Place, PlaceKind
from onrecord.reading.countries import by_capital, by_name
from onrecord.reading.figures.governors import verb_of
from onrecord.reading.figures.periods import says
from onrecord.reading.figures.words import Tokens
from onrecord.reading.lexicon import lexicon
from onrecord.reading.places.gazetteer import entries
from onrecord.reading.places.pack import plain


@dataclass(frozen=True, slots=True, eq=False)
class Lands:
    """The places of a text in order that something can have happened in: no names of parties."""

    places: tuple[Place, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, tokens: Tokens, places: tuple[Place, ...]) -> Lands:
        """Those of ``places`` that are not the country or capital of a party ("Ukraine's General Staff")."""
        kept = tuple(p for p in places if _is_land(text, p, tokens))
        return cls(kept, tuple(p.spans[0].start for p in kept))

    def within(self, start: int, end: int) -> tuple[Place, ...]:
        """Those that start in ``[start, end)``."""
        return self.places[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def _is_land(text: str, place: Place, tokens: Tokens) -> bool:
    end = place.spans[-1].end
    token = tokens.doc[tokens.index_at(end - 1)]
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    if _COMPOUND.match(text, end) or (following.tag_ in ("VBD", "VBZ", "VBP") and says(following)):
        return False
    if place.kind is not PlaceKind.COUNTRY and by_capital(place.name) is None:
        return not (_acts(token) and says(token.head))
    return _located(token)


_COMPOUND = re.compile(r"[-‑–](?=[a-z])(?!area|region|district|border)")


def _acts(token: Token) -> bool:
    return token.dep_ in ("nsubj", "agent") and token.head.pos_ in ("VERB", "AUX")


def _located(token: Token) -> bool:
    """Whether a country or capital is where something is: after "in", before "border", "east of" it."""
    if token.dep_ in ("poss", "compound", "amod", "nmod") and token.head.i > token.i:
        return token.head.lemma_.lower() in _area_words()
    head = token.head
    if token.dep_ == "conj" and head.i != token.i:
        return _located(head)
    if token.dep_ == "appos":
        return True
    if token.dep_ != "pobj" or head.pos_ not in ("ADP", "SCONJ"):
        return token.dep_ in ("npadvmod", "ROOT", "dep") and token.i == token.sent.end - 1
    if head.lower_ == "of":
        return head.head.lemma_.lower() in _area_words()
    return head.lower_ in _LOCATIVE


_LOCATIVE = frozenset(
    ("in", "inside", "across", "throughout", "within", "over", "into", "near", "around", "outside", "on", "at", "to")
)


@cache
def _area_words() -> frozenset[str]:
    data = lexicon("figures_measures")
    return frozenset(data["territory"]["nouns"]) | frozenset(data["territory"]["parts"])


def place_at(start: int, end: int, lands: Lands, tokens: Tokens) -> Place | None:
    """The nearest place of the figure's sentence, those that follow it first."""
    token = tokens.doc[tokens.index_at(start)]
    near = [
        (at - end if (at := p.spans[0].start) >= end else start - at + 25, n, p)
        for n, p in enumerate(lands.within(*tokens.sentence_span(start)))
        if not _of_another(tokens.doc[tokens.index_at(p.spans[-1].end - 1)], token)
    ]
    return min(near)[2] if near else None


def _of_another(place: Token, figure: Token) -> bool:
    """A place behind a semicolon, or where others than the counted went ("into Chad")."""
    low, high = sorted((place.i, figure.i))
    if any(t.text == ";" for t in place.doc[low:high]):
        return True
    verb, own = verb_of(place), verb_of(figure)
    return _goal(place) and verb is not None and own is not None and verb.i != own.i


def _goal(place: Token) -> bool:
    return place.dep_ == "pobj" and place.head.lower_ in ("to", "into", "toward", "towards")


def apart(place: Place, figure: Token, tokens: Tokens) -> bool:
    """Whether a place tells nothing of whose land the counted were in: behind a semicolon, or where they went."""
    token = tokens.doc[tokens.index_at(place.spans[-1].end - 1)]
    return _goal(token) or _of_another(token, figure)


@lru_cache(maxsize=4096)
def _country(name: str, geonameid: int | None) -> str | None:
    found = {e.country for key in (plain(name), name) for e in entries(key) if e.geonameid == geonameid}
    return found.pop() if geonameid is not None and len(found) == 1 else None


def country_of(place: Place) -> str | None:
    """The code of the country that a place lies in, where the gazetteer knows it and no two parties claim it."""
    if place.name in _disputed():
        return None
    if place.kind is PlaceKind.COUNTRY:
        country = by_name(place.name)
        return country.code if country is not None else None
    return _country(place.name, place.geonameid)


@cache
def _disputed() -> frozenset[str]:
    return frozenset(lexicon("figures_sides")["disputed"]["places"])
