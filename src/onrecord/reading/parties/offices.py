"""States that speak, and the offices every state has: "Russia's defence ministry", "the General Staff of Ukraine"."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from onrecord.model import Party, PartyKind
from onrecord.reading.countries import Country, by_capital, by_demonym, by_name
from onrecord.reading.parties.known import office, office_type, state
from onrecord.reading.parties.memory import Answer, Memory, Question
from onrecord.reading.parties.scene import Scene, country_of, word_set
from onrecord.reading.parties.sources import Part, core, country_in

# Offices of which a state has one, so that a text about one state need not name it.
_EVERY_STATE = ("force", "state", "ministry", "parliament")
_POSSESSIVE = ("'s", "’s", "'", "’")

Place = tuple[Country | None, str]
"""Whose office it is, and the words of the office without its country."""


def by_office(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """A state, or an office of one; unsure where the text names the office without its state."""
    found = office_in(scene, memory, part)
    if found is None:
        return None
    told = country_in(scene, part.start, part.end) is not None or by_capital(named_words(scene, *core(scene, part)))
    return Answer((found,), sure=bool(told))


def office_in(scene: Scene, memory: Memory, part: Part) -> Party | None:
    """The state or office that the words of a part are, if any."""
    start, end = core(scene, part)
    if start >= end:
        return None
    country = _speaking_state(scene, start, end) or _described_state(scene, start, end)
    if country is not None:
        return scene.of_known(state(country))
    country, words = _placed(scene, part, start, end)
    kind = office_type(words) if words else None
    if kind is None:
        return None
    if country is None:
        return _without_country(scene, memory, kind, words, scene.doc[end - 1])
    known = office(words, country)
    party = scene.of_known(known) if known else None
    if party:
        memory.offices[kind + words.lower()] = memory.offices[kind] = party
    return party


def _speaking_state(scene: Scene, start: int, end: int) -> Country | None:
    whole = named_words(scene, start, end)
    if scene.doc[end - 1].pos_ not in ("PROPN", "NOUN", "ADJ") or not whole[:1].isupper() or "-" in whole:
        return None
    return None if by_demonym(whole) else by_name(whole) or by_capital(whole)


def _described_state(scene: Scene, start: int, end: int) -> Country | None:
    """ "Nuclear-armed Russia", "neighbouring Turkey"."""
    last = scene.doc[end - 1]
    before = scene.doc[start : end - 1]
    plain = all(t.pos_ in ("ADJ", "ADV", "VERB", "PUNCT", "NOUN") and country_of(t) is None for t in before)
    return by_name(last.text) if len(before) and plain and last.pos_ == "PROPN" else None


def _without_country(scene: Scene, memory: Memory, kind: str, words: str, head: Token) -> Party | None:
    """An office named without its state: the one of that name that was told before, else its printed name."""
    if kind == "state" and len(memory.states) > 1 and memory.offices.get("state"):
        ranked = [c for c, _ in memory.states.most_common(2)]
        return scene.of_known(state(ranked[0]))
    seen = memory.offices.get(kind + words.lower())
    if seen is not None:
        return seen
    if kind in _EVERY_STATE and (only := memory.only_state()) is not None and (known := office(words, only)):
        return scene.of_known(known)
    if head.pos_ == "PROPN" and " " in words:
        return scene.party(words, PartyKind.ORGANISATION)
    return None


def _placed(scene: Scene, part: Part, start: int, end: int) -> Place:
    """The country of an office and its words, wherever the country stands."""
    if part.before:
        shared = scene.doc[part.before[0] : part.before[1]]
        return next((c for t in shared if (c := by_demonym(t.text))), None), named_words(scene, start, end)
    ways: tuple[Callable[[Scene, Part, int, int], Place | None], ...] = (_seat_before, _country_before, _country_after)
    found = next((place for way in ways if (place := way(scene, part, start, end))), None)
    return found or (None, _longest(scene, part, start, end))


def _seat_before(scene: Scene, part: Part, start: int, end: int) -> Place | None:
    """ "Moscow's foreign ministry"."""
    if end - start <= 2 or scene.doc[start + 1].lower_ not in _POSSESSIVE:
        return None
    seat = by_capital(scene.doc[start].text)
    return (seat, named_words(scene, start + 2, end)) if seat else None


def _country_before(scene: Scene, part: Part, start: int, end: int) -> Place | None:
    """ "Turkey's defence ministry", "the U.S. military", "Chinese leader X's government"."""
    doc, found = scene.doc, country_in(scene, start, end)
    if found is None:
        return None
    country, at = found
    rest = at + _width(scene, country, at, end)
    while rest < end and doc[rest].lower_ in (*_POSSESSIVE, "-"):
        rest += 1
    owned = max((i + 1 for i in range(rest, end) if doc[i].lower_ in ("'s", "’s")), default=rest)
    if owned > rest and owned - 2 in scene.person_at:
        return country, named_words(scene, owned, end)
    if any(t.lower_ in word_set("apart") for t in doc[start:at]):
        return None
    if all(t.pos_ in ("DET", "ADJ") or t.is_punct for t in doc[start:at]):
        return country, _longest(scene, part, rest, end)
    return None


def _width(scene: Scene, country: Country, at: int, end: int) -> int:
    """How many tokens the country's name has."""
    for width in (3, 2):
        words = named_words(scene, at, min(at + width, end))
        if words and country in (by_name(words), by_demonym(words)):
            return width
    return 1


def _country_after(scene: Scene, part: Part, start: int, end: int) -> Place | None:
    """ "The Ministry of Defence of Armenia", "the authorities in the Kremlin"."""
    doc, tail = scene.doc, segment_end(scene, part, end)
    of = next((i for i in range(tail - 1, end - 1, -1) if doc[i].lower_ in ("of", "in")), None)
    if of is None:
        return None
    name = named_words(scene, of + 1, tail)
    country = by_name(name) or by_capital(name)
    return (country, named_words(scene, start, of)) if country else None


def _longest(scene: Scene, part: Part, start: int, end: int) -> str:
    """The words up to the end of their segment if they name an office, else those of the noun alone, in either case
    without what only tells how a government came to be ("internationally recognised")."""
    while start < end - 1 and scene.doc[start].lower_ in word_set("neutral"):
        start += 1
    longer = named_words(scene, start, segment_end(scene, part, end))
    return longer if office_type(longer) else named_words(scene, start, end)


def segment_end(scene: Scene, part: Part, end: int) -> int:
    """Where the part's punctuation or a verb after its noun begins."""
    doc = scene.doc
    while end < part.end and not doc[end].is_punct and doc[end].tag_ not in ("WDT", "WP", "VBN", "VBG", "VBD", "VBZ"):
        end += 1
    return end


def named_words(scene: Scene, start: int, end: int) -> str:
    """The words from one token to another, without article in front and possessive behind."""
    doc = scene.doc
    while start < end and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    while start < end and doc[end - 1].lower_ in _POSSESSIVE:
        end -= 1
    return doc[start:end].text if start < end else ""
