"""What a figure measures: killed, wounded, destroyed …, from the words that govern it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile
from types import MappingProxyType

from spacy.tokens import Token

from onrecord.model import FigureKind
from onrecord.reading.figures.governors import Role, governors, verb_of
from onrecord.reading.figures.numerals import unit_kind
from onrecord.reading.figures.units import Measured
from onrecord.reading.figures.words import Noun
from onrecord.reading.lexicon import lexicon


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """A measure with the word of the text that told it (None where none did)."""

    measure: str | None
    word: Token | None
    people: bool = False


@dataclass(frozen=True, slots=True)
class _Tables:
    object: MappingProxyType[str, str]
    subject: MappingProxyType[str, str]
    nouns: MappingProxyType[str, str]
    adjectives: MappingProxyType[str, str]
    equipment: MappingProxyType[str, str]
    joined: tuple[tuple[str, frozenset[str]], ...]
    level: frozenset[str]
    level_nouns: frozenset[str]
    events: frozenset[str]
    attributes: MappingProxyType[str, str]


@cache
def _tables() -> _Tables:
    data, nouns = lexicon("figures_measures"), lexicon("figures_nouns")
    flat = {
        key: MappingProxyType({w: m for m, entry in data["measures"].items() for w in entry.get(key, [])})
        for key in ("object", "subject", "nouns", "adjectives")
    }
    return _Tables(
        flat["object"],
        flat["subject"],
        flat["nouns"],
        flat["adjectives"],
        MappingProxyType({w: unit for unit, words in nouns["equipment"].items() for w in words}),
        tuple((name, frozenset(parts)) for name, parts in data["joined"].items()),
        frozenset(data["level"]["verbs"]),
        frozenset(data["level"]["nouns"]),
        frozenset(nouns["events"]["words"]),
        MappingProxyType({w: m for m, words in data["attributes"].items() for w in words}),
    )


PEOPLE = frozenset(("killed", "wounded", "casualties", "missing", "displaced", "captured", "detained"))


def sense_of(m: Measured) -> Sense:
    """The measure of a figure and the word that tells it."""
    anchor = m.noun.token if m.noun is not None else m.token
    told = None if _sized(m) else _told(m, anchor)
    if told is not None and told[0].startswith("territory") and not _territorial(m):
        told = None
    if told is None:
        if m.noun is not None and _case(m.noun.token) is not None:
            return Sense(_generic(m, anchor), m.noun.token)
        deed = _deed(m.noun.token) if m.noun is not None and m.noun.people else None
        own = deed is not None and deed.lemma_.lower() not in _idle_verbs()
        return Sense(_generic(m, anchor), deed if own else None)
    measure, word = told
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


def _told(m: Measured, anchor: Token) -> tuple[str, Token] | None:
    near = _predicate(m, anchor) or _beside(m, anchor) or _within(m) or _counted_noun(m)
    return near or _governing(anchor) or _level(anchor) or _verb_before(m)


def _verb_before(m: Measured) -> tuple[str, Token] | None:
    """A verb of the tables shortly before the figure, where the parse has lost the object."""
    doc, start = m.token.doc, m.token.i
    while start > 0 and doc[start].idx > m.start:
        start -= 1
    for index in range(start - 1, max(-1, start - 5), -1):
        token = doc[index]
        if token.pos_ in ("PUNCT", "NUM", "CCONJ", "SCONJ") or token.lower_ == "by":
            return None
        if token.pos_ == "VERB":
            measure = _tables().object.get(token.lemma_.lower())
            return (measure, token) if measure is not None and token.dep_ != "amod" else None
    return None


# --- what is said of those counted -----------------------------------------------------------------------------


def _predicate(m: Measured, anchor: Token) -> tuple[str, Token] | None:
    """What was done to a share, or to those whose state a noun tells: "90 percent of detainees were tortured".

    The participle of which they are the subject, past a verb of telling ("said they were tortured").
    """
    named = _counted_noun(m)
    state = named is not None and named[0] in _STATES
    if not state and m.kind is not FigureKind.SHARE and m.hedged.of is None:
        return None
    verb = _verb_of_subject(m.token) or (_verb_of_subject(anchor) if m.noun is not None else None)
    told = _complement(verb) if verb is not None else None
    if told is None or told.lemma_.lower() in _idle_verbs():
        return None
    return _tables().object.get(told.lemma_.lower()) or _spelled(told), told


_STATES = frozenset(("captured", "detained", "displaced"))


@cache
def _idle_verbs() -> frozenset[str]:
    return frozenset(lexicon("figures_measures")["idle"]["verbs"]) | _tables().level


_PARTS = frozenset(("nummod", "pobj", "prep", "compound", "amod", "quantmod", "det", "advmod"))


def _verb_of_subject(token: Token) -> Token | None:
    """The verb whose subject the phrase that ``token`` stands in is."""
    current = token
    for _ in range(5):
        if current.dep_ in ("nsubj", "nsubjpass") and current.head.pos_ in ("VERB", "AUX"):
            return current.head
        if current.dep_ not in _PARTS or current.head.i == current.i:
            return None
        current = current.head
    return None


def _complement(verb: Token) -> Token | None:
    """A passive participle: ``verb`` itself, or the one that it tells of its subject."""
    if any(c.dep_ == "auxpass" for c in verb.children):
        return verb if verb.tag_ == "VBN" else None
    for child in verb.rights:
        if child.dep_ in ("ccomp", "xcomp") and any(c.dep_ == "auxpass" for c in child.children):
            own = next((c for c in child.children if c.dep_ == "nsubjpass"), None)
            return child if own is None or own.lower_ == "they" else None
    return None


def _spelled(participle: Token) -> str:
    """ "tortured or mistreated"."""
    more = [c for c in participle.rights if c.dep_ == "conj" and c.tag_ == "VBN" and not _has_subject(c)]
    link = next((c.lower_ for c in participle.rights if c.dep_ == "cc"), "and")
    return f" {link} ".join(t.lower_ for t in (participle, *more[:1]))


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


# --- words beside the figure -----------------------------------------------------------------------------------

_PASSED = frozenset(("ADV", "AUX", "PART", "PRON", "DET"))
_PASSED_WORDS = frozenset(
    (
        "more",
        "people",
        "others",
        "other",
        "of",
        "left",
        "reported",
        "feared",
        "found",
        "believed",
        "confirmed",
        "reportedly",
        "remain",
        "remained",
        "remains",
        "gone",
        "taken",
        "held",
        "go",
        "went",
        "still",
    )
)


def _beside(m: Measured, anchor: Token) -> tuple[str, Token] | None:
    """An adjective or participle right after the figure and its noun: "39 people dead", "15 were injured"."""
    doc, first = anchor.doc, max(anchor.i, _last_token(m)) + 1
    for index in range(first, min(first + 6, len(doc))):
        token = doc[index]
        if token.is_sent_start:
            break
        measure = _tables().adjectives.get(token.lower_) or _held_in(token)
        measure = measure or (_tables().object.get(token.lemma_.lower()) if token.tag_ in ("VBN", "VBD") else None)
        if measure is not None and not _active(token):
            return measure, token
        if token.tag_ in ("VBD", "VBP", "VB", "VBG", "VBN", "VBZ") and token.lemma_.lower() in _tables().subject:
            return _tables().subject[token.lemma_.lower()], token
        if token.pos_ not in _PASSED and token.lower_ not in _PASSED_WORDS:
            break
    return None


def _held_in(token: Token) -> str | None:
    """ "3,000 in detention"."""
    following = token.nbor().lemma_.lower() if token.lower_ == "in" and token.i + 1 < len(token.doc) else ""
    return "detained" if following in ("detention", "custody", "captivity", "prison", "jail") else None


def _last_token(m: Measured) -> int:
    doc, index = m.token.doc, m.token.i
    while index + 1 < len(doc) and doc[index + 1].idx < m.end:
        index += 1
    return index


def _active(token: Token) -> bool:
    """ "killed five": a verb with an object of its own counts that, not its subject."""
    return (
        token.tag_ in ("VBD", "VBN")
        and any(c.dep_ in ("dobj", "obj") for c in token.rights)
        and not any(c.dep_ in ("auxpass", "nsubjpass") for c in token.lefts)
    )


def _within(m: Measured) -> tuple[str, Token] | None:
    """An adjective between the number and its noun: "25 wounded soldiers"."""
    if m.noun is None or m.listed:
        return None
    for index in range(m.noun.first, m.noun.token.i):
        token = m.token.doc[index]
        if token.lower_ in _tables().adjectives:
            return _tables().adjectives[token.lower_], token
    return _amod(m.noun.token)


def _amod(token: Token) -> tuple[str, Token] | None:
    for child in token.lefts:
        if child.dep_ in ("amod", "compound", "nmod") and child.lower_ in _tables().adjectives:
            return _tables().adjectives[child.lower_], child
    return None


def _counted_noun(m: Measured) -> tuple[str, Token] | None:
    """The counted noun itself: "11,000 deaths", "410 bodies", "30 prisoners"."""
    token = m.noun.token if m.noun is not None else None
    if token is None:
        token = m.token if m.token.lower_ in _tables().nouns else None
    measure = noun_measure(token) if token is not None else None
    return (measure, token) if measure is not None and token is not None else None


def noun_measure(token: Token) -> str | None:
    """The measure that a noun names by itself: "deaths", "casualties"."""
    nouns = _tables().nouns
    return nouns.get(token.lemma_.lower()) or nouns.get(token.lower_)


# --- words above the figure ------------------------------------------------------------------------------------


def _governing(anchor: Token) -> tuple[str, Token] | None:
    for word, role in governors(anchor):
        measure = _verb_measure(word, role) if word.pos_ in ("VERB", "AUX") else noun_measure(word)
        if role is Role.SUBJECT and (state := _state(word)) is not None:
            return state
        if measure is None and word.pos_ == "NOUN":
            found = _amod(word)
            measure = found[0] if found else None
        if measure is not None:
            return measure, word
        if word.pos_ == "VERB" and word.lemma_.lower() == "leave":
            found = _left(word)
            if found is not None:
                return found
        if word.pos_ == "VERB" and role is not Role.PART and word.lemma_.lower() not in _tables().level:
            return None
    return None


def _state(verb: Token) -> tuple[str, Token] | None:
    """ "are missing", "went missing": what the subject is said to be."""
    for token in (verb, *verb.rights):
        if token.lower_ == "among":
            dead = next((c for c in token.children if c.dep_ == "pobj"), token)
            measure = noun_measure(dead)
            if measure is not None:
                return measure, dead
        if token.i == verb.i or token.dep_ in ("acomp", "attr", "oprd"):
            measure = _tables().adjectives.get(token.lower_)
            if measure is not None:
                return measure, token
    return None


def _verb_measure(verb: Token, role: Role) -> str | None:
    lemma, tables = verb.lemma_.lower(), _tables()
    if role is Role.SUBJECT:
        return "killed" if _lost_lives(verb) else tables.subject.get(lemma)
    if role is Role.OBJECT and _forced(verb):
        return "displaced"
    if role is Role.OBJECT:
        found = tables.object.get(lemma)
        return found or ("shot down" if lemma in ("shoot", "bring") and _particle(verb, "down") else None)
    return tables.object.get(lemma) if verb.tag_ == "VBG" else None


def _lost_lives(verb: Token) -> bool:
    return verb.lemma_.lower() == "lose" and any(c.lemma_.lower() == "life" for c in verb.rights)


def _forced(verb: Token) -> bool:
    """ "forced to leave their homes", "driven from the valley", "drove thousands into exile"."""
    data = lexicon("figures_measures")["forced"]
    if verb.lemma_.lower() not in data["verbs"]:
        return False
    return any(
        (c.dep_ in ("xcomp", "ccomp", "advcl") and c.lemma_.lower() in data["complements"])
        or (c.dep_ in ("prep", "advmod", "prt") and c.lower_ in data["ways"])
        for c in verb.rights
    )


def _particle(verb: Token, word: str) -> bool:
    return any(c.lower_ == word and c.dep_ in ("prt", "advmod", "prep") for c in verb.children)


def _left(verb: Token) -> tuple[str, Token] | None:
    """ "left 39 people dead": what they were left as."""
    for token in islice(verb.subtree, 60):
        if token.i > verb.i and token.lower_ in _tables().adjectives:
            return _tables().adjectives[token.lower_], token
    return None


def _level(anchor: Token) -> tuple[str, Token] | None:
    """What rose to, stood at or was put at the figure: "the death toll rose to 11,000"."""
    for word, _ in governors(anchor):
        if word.pos_ not in ("VERB", "AUX") or word.lemma_.lower() not in _tables().level:
            continue
        found = _first_measure(_before_figure(word, anchor))
        if found is not None:
            return found
    return _first_measure(_before_noun(anchor))


def _before_figure(verb: Token, anchor: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "obj") and child.i != anchor.i:
            yield from islice(child.subtree, 14)


def _before_noun(anchor: Token) -> Iterator[Token]:
    """The words right before a figure that the parse left hanging ("the number of dead farmers at 25")."""
    for step in range(1, 10):
        if anchor.i - step < 0 or anchor.doc[anchor.i - step + 1].is_sent_start:
            return
        yield anchor.doc[anchor.i - step]


def _first_measure(tokens: Iterable[Token]) -> tuple[str, Token] | None:
    """The first measure noun or adjective; a total or number says which by what follows it."""
    best: tuple[str, Token] | None = None
    for token in tokens:
        if token.pos_ == "NUM":
            break
        measure = noun_measure(token) or _tables().adjectives.get(token.lower_)
        if measure is not None and (best is None or best[1].lower_ == "toll"):
            best = measure, token
    return best


# --- several measures, lost things -----------------------------------------------------------------------------


def _joined(measure: str, word: Token) -> str:
    """ "killed, injured or captured" is losses, "dead and wounded" casualties."""
    found = {measure} | set(_coordinated(word))
    if len(found) < 2:
        return measure
    return next((name for name, parts in _tables().joined if found <= parts), measure)


def _coordinated(word: Token) -> Iterator[str]:
    doc, tables = word.doc, _tables()
    for step in (1, -1):
        index, linked = word.i + step, False
        while 0 <= index < len(doc) and abs(index - word.i) <= 6:
            token = doc[index]
            if token.pos_ == "CCONJ" or token.text == ",":
                linked = True
            elif linked:
                found = tables.adjectives.get(token.lower_) or tables.nouns.get(token.lemma_.lower())
                found = found or tables.object.get(token.lemma_.lower())
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


def equipment_of(word: str) -> str | None:
    """The kind of equipment that a noun names: "car bomb" none, "armoured vehicle" a vehicle."""
    table = _tables().equipment
    return table.get(word) or table.get(word.split(" ")[-1])


# --- no word of the tables -------------------------------------------------------------------------------------


def _generic(m: Measured, anchor: Token) -> str | None:
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
    after = _last_token(m) + 1
    token = m.token.doc[after] if after < len(m.token.doc) else None
    return token.lower_ if token is not None and token.tag_ == "VBN" else None


def _lasting(m: Measured, anchor: Token) -> str | None:
    """What a duration is of: the noun it qualifies ("20-year conflict"), an event, or the subject of the verb."""
    names = lexicon("figures_measures")["names"]
    last = m.token.doc[_last_token(m)]
    aim = _aim(last)
    if aim is not None:
        return aim
    for token in _near_events(m, last):
        word = token.lemma_.lower()
        if word in _tables().events:
            return str(names.get(word, word))
    verb = verb_of(last)
    if verb is None:
        return None
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and subject.lemma_.lower() in _tables().events:
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
    doc, last = m.token.doc, _last_token(m)
    around = [doc[i] for i in range(last + 1, min(last + 9, len(doc)))]
    for token in (*takewhile(lambda t: not t.is_sent_start, around), *_before_noun(m.token)):
        found = _tables().attributes.get(token.lemma_.lower())
        if found is not None:
            return found
    return None


def _share_of(m: Measured) -> str | None:
    """What a share is of: the noun after "of"."""
    doc, last = m.token.doc, _last_token(m)
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
    verb = _deed(noun.token)
    if noun.people:
        return _strong(m) or (verb.text.lower() if verb is not None else None) or _force(noun.word)
    case = _case(noun.token)
    if case is not None:
        return case
    plural = noun.token.lower_ if noun.token.tag_ in ("NNS", "NNPS") else noun.word.split(" ")[-1]
    parts = noun.word.split(" ")[:-1]
    told = " ".join([*parts, plural]).replace("air strikes", "airstrikes")
    return f"{told} {verb.text.lower()}" if verb is not None else told


def _deed(noun: Token) -> Token | None:
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


def _case(noun: Token) -> str | None:
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
    around = [doc[i].lower_ for i in range(max(0, m.token.i - 3), min(len(doc), _last_token(m) + 4))]
    after = [doc[i].lower_ for i in range(_last_token(m) + 1, min(len(doc), _last_token(m) + 3))]
    if any(w in data["suffixes"] for w in after):
        return "strength"
    return "strength" if m.noun is None and any(w in data["nouns"] for w in around) else None
