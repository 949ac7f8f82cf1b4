"""What a figure measures where no word of the tables tells it: the thing, the deed, the unit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.tokens import Token

from onrecord.model import FigureKind
from onrecord.reading.figures.governors import Role, governors, verb_of
from onrecord.reading.figures.meanings import before_noun, last_token, noun_measure, tables
from onrecord.reading.figures.numerals import unit_kind
from onrecord.reading.figures.units import Measured
from onrecord.reading.figures.words import Noun
from onrecord.reading.lexicon import lexicon

# --- no word of the tables -------------------------------------------------------------------------------------


def generic(m: Measured, anchor: Token) -> str | None:
    """The measure by the unit, the thing counted or what was done with it."""
    kind = unit_kind(m.unit)
    if kind == "time" or (m.unit is not None and m.unit.endswith("of age")):
        return "age" if m.unit and m.unit.endswith("of age") else _lasting(m, anchor)
    if kind in ("length", "money", "area", "mass", "speed", "temperature", "power"):
        return _attribute(m) or str(lexicon("figures_measures")["by_unit"][kind])
    if m.kind in (FigureKind.SHARE, FigureKind.CHANGE, FigureKind.RATIO) and m.noun is None:
        return _attribute(m) or _share_of(m)
    if kind == "count":
        return _occurrence(m)
    if m.noun is not None and m.kind is FigureKind.SHARE and _is_area(m.noun.token):
        return "territory"
    if m.noun is not None:
        return _thing(m, m.noun)
    return _strong(m) or _done_next(m)


def _occurrence(m: Measured) -> str | None:
    """How often something was done: "hit several times" counts strikes."""
    verb = verb_of(m.token)
    table = lexicon("figures_measures")["occurrences"]
    if verb is None:
        return None
    return next((name for name, verbs in table.items() if verb.lemma_.lower() in verbs), verb.lower_)


def _done_next(m: Measured) -> str | None:
    """ "16 of the 36 launched on Thursday": the participle right after a bare number."""
    after = last_token(m) + 1
    token = m.token.doc[after] if after < len(m.token.doc) else None
    return token.lower_ if token is not None and token.tag_ == "VBN" else None


def _lasting(m: Measured, anchor: Token) -> str | None:
    """What a duration is of: the noun it qualifies ("20-year conflict"), an event, or the subject of the verb."""
    names = lexicon("figures_measures")["names"]
    last = m.token.doc[last_token(m)]
    aim = _aim(last)
    if aim is not None:
        return aim
    for token in _near_events(m, last):
        word = token.lemma_.lower()
        if word in tables().events:
            return str(names.get(word, word))
    verb = verb_of(last)
    if verb is None:
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and subject.lemma_.lower() in tables().events:
        word = subject.lemma_.lower()
        return str(names.get(word, word))
    return verb.lower_ if verb.tag_ == "VBN" else None


def _aim(last: Token) -> str | None:
    """ "years to rebuild"."""
    if last.i + 2 < len(last.doc) and last.nbor().lower_ == "to" and last.nbor(2).tag_ == "VB":
        return f"time to {last.nbor(2).lower_}"
    return None


def _near_events(m: Measured, last: Token) -> Iterator[Token]:
    doc = m.token.doc
    yield from (doc[i] for i in range(last.i + 1, min(last.i + 6, len(doc))) if doc[i].pos_ in ("NOUN", "PROPN"))
    yield from (t for t in (last.head, last.head.head) if t.pos_ == "NOUN")


def _attribute(m: Measured) -> str | None:
    """A noun or adjective near a measurement that names it: "a range of 70 km", "$3bn in aid", "14-metre grave"."""
    doc, last = m.token.doc, last_token(m)
    around = [doc[i] for i in range(last + 1, min(last + 9, len(doc)))]
    near = takewhile(lambda t: not t.is_sent_start and t.pos_ not in ("PUNCT", "CCONJ"), around)
    for token in (*near, *before_noun(m.token)):
        found = tables().attributes.get(token.lemma_.lower())
        if found is not None:
            return found
    return None


def _share_of(m: Measured) -> str | None:
    """What a share is of: the noun after "of"."""
    doc, last = m.token.doc, last_token(m)
    nouns = (doc[i] for i in range(last + 1, min(last + 8, len(doc))))
    for token in nouns:
        if token.pos_ in ("NOUN", "PROPN"):
            area = _is_area(token)
            if area or (token.pos_ == "NOUN" and token.dep_ != "compound"):
                return "territory" if area else noun_measure(token) or token.lower_
        if token.pos_ in ("VERB", "PUNCT"):
            break
    return None


def _is_area(token: Token) -> bool:
    return token.lemma_.lower() in lexicon("figures_measures")["territory"]["nouns"]


def _thing(m: Measured, noun: Noun) -> str | None:
    """Things are measured as such ("strikes"), with what was done to them ("missiles fired"); people by the deed."""
    verb = deed_of(noun.token)
    if noun.people:
        return _strong(m) or (verb.text.lower() if verb is not None else None) or _force(noun.word)
    case = case_of(noun.token)
    if case is not None:
        return case
    plural = noun.token.lower_ if noun.token.tag_ in ("NNS", "NNPS") else noun.word.split(" ")[-1]
    parts = noun.word.split(" ")[:-1]
    told = " ".join([*parts, plural]).replace("air strikes", "airstrikes")
    return f"{told} {verb.text.lower()}" if verb is not None else told


def deed_of(noun: Token) -> Token | None:
    """The participle or past verb that governs a noun as its object."""
    for word, role in governors(noun):
        if word.lemma_.lower() in ("be", "have"):
            return None
        if word.pos_ == "VERB" and word.dep_ != "relcl":
            return word if role is not Role.PART and _past(word, role) else None
    return None


def _past(word: Token, role: Role) -> bool:
    return (word.tag_ in ("VBN", "VBD") and role is Role.OBJECT) or (word.tag_ == "VBG" and role is Role.SUBJECT)


def _force(word: str) -> str | None:
    """ "several dozen saboteurs conducted an incursion": how many there are to fight."""
    return "strength" if word in lexicon("figures_nouns")["military"] else None


def case_of(noun: Token) -> str | None:
    """ "cases of arbitrary detention" measure detentions."""
    if noun.lemma_.lower() not in lexicon("figures_measures")["cases"]["nouns"]:
        return None
    for child in noun.rights:
        if child.lower_ == "of":
            obj = next((c for c in child.children if c.dep_ == "pobj"), None)
            if obj is not None:
                amods = [c.lower_ for c in obj.lefts if c.dep_ in ("amod", "compound")]
                return " ".join([*amods, obj.lower_ if obj.tag_ == "NNS" else obj.lower_ + "s"])
    return None


def _strong(m: Measured) -> str | None:
    """ "a 125,000-strong army", "an army of 700,000"."""
    data, doc = lexicon("figures_measures")["strength"], m.token.doc
    around = [doc[i].lower_ for i in range(max(0, m.token.i - 3), min(len(doc), last_token(m) + 4))]
    after = [doc[i].lower_ for i in range(last_token(m) + 1, min(len(doc), last_token(m) + 3))]
    if any(w in data["suffixes"] for w in after):
        return "strength"
    return "strength" if m.noun is None and any(w in data["nouns"] for w in around) else None
