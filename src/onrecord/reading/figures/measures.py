"""What a figure measures: killed, wounded, destroyed …"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.reading.figures.meanings import PEOPLE, equipment_of, idle_verbs, tables
from onrecord.reading.figures.numerals import unit_kind
from onrecord.reading.figures.told import told
from onrecord.reading.figures.units import Measured
from onrecord.reading.figures.untold import case_of, deed_of, generic
from onrecord.reading.lexicon import lexicon


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """A measure with the word of the text that told it (None where none did)."""

    measure: str | None
    word: Token | None
    people: bool = False


def sense_of(m: Measured) -> Sense:
    """The measure of a figure and the word that tells it."""
    anchor = m.noun.token if m.noun is not None else m.token
    found = None if _sized(m) else told(m, anchor)
    if found is not None and found[0].startswith("territory") and not _territorial(m):
        found = None
    if found is None:
        if m.noun is not None and case_of(m.noun.token) is not None:
            return Sense(generic(m, anchor), m.noun.token)
        deed = deed_of(m.noun.token) if m.noun is not None and m.noun.people else None
        own = deed is not None and deed.lemma_.lower() not in idle_verbs()
        return Sense(generic(m, anchor), deed if own else None)
    measure, word = found
    measure = _joined(measure, word)
    if measure == "losses" and word.lemma_.lower() == "lose":
        measure = _lost(m)
    return Sense(measure, word, measure in PEOPLE)


def _sized(m: Measured) -> bool:
    """Whether the unit says by itself what is measured: time, length, money …"""
    return unit_kind(m.unit) in _SIZES or (m.unit or "").endswith("of age")


def _territorial(m: Measured) -> bool:
    """Whether what is counted is land: settlements, areas, lengths, shares."""
    data = lexicon("figures_measures")["territory"]
    if m.noun is None or unit_kind(m.unit) in ("area", "length"):
        return True
    return m.noun.token.lemma_.lower() in {*data["nouns"], *data["parts"], *data["held"]}


_SIZES = frozenset(("time", "length", "money", "area", "mass", "speed", "temperature", "power", "volume", "data"))


# --- several measures, lost things -----------------------------------------------------------------------------


def _joined(measure: str, word: Token) -> str:
    """ "killed, injured or captured" is losses, "dead and wounded" casualties."""
    found = {measure} | set(_coordinated(word))
    if len(found) < 2:
        return measure
    return next((name for name, parts in tables().joined if found <= parts), measure)


def _coordinated(word: Token) -> Iterator[str]:
    doc, known = word.doc, tables()
    for step in (1, -1):
        index, linked = word.i + step, False
        while 0 <= index < len(doc) and abs(index - word.i) <= 6:
            token = doc[index]
            if token.pos_ == "CCONJ" or token.text == ",":
                linked = True
            elif linked:
                found = known.adjectives.get(token.lower_) or known.nouns.get(token.lemma_.lower())
                found = found or known.object.get(token.lemma_.lower())
                if found is None:
                    break
                yield found
            else:
                break
            index += step


def _lost(m: Measured) -> str:
    if m.noun is not None and equipment_of(m.noun.word) is not None:
        return "equipment"
    if m.noun is not None and not m.noun.people:
        return "losses"
    return "losses" if m.noun is None else "killed" if _lives(m.noun.word) else "losses"


def _lives(word: str) -> bool:
    return word.split(" ")[-1] == "life"
