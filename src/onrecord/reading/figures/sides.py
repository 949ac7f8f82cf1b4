"""Whose people or things a figure counts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from spacy.tokens import Doc, Token

from onrecord.model import FigureKind, PlaceKind
from onrecord.reading.countries import by_capital, by_demonym, by_name
from onrecord.reading.figures.governors import Role, governors, phrase, subject_of, verb_of
from onrecord.reading.figures.measures import Sense
from onrecord.reading.figures.units import Measured
from onrecord.reading.figures.words import Tokens
from onrecord.reading.lexicon import lexicon
from onrecord.reading.steps import Mentioned


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The sides that a text's words name: a code by token index, and ``named`` with their offsets in order."""

    doc: Doc
    at: dict[int, str]
    capitals: dict[int, str]
    enemy: str | None
    named: tuple[tuple[int, str], ...] = ()

    @classmethod
    def of(cls, text: str, tokens: Tokens, mentioned: Mentioned) -> Sides:
        at, capitals = dict[int, str](), dict[int, str]()
        for token in tokens.doc:
            if token.text[:1].isupper() and (code := _code(token.text)) is not None:
                at[token.i] = code
            elif token.text[:1].isupper() and (code := _capital(token.text)) is not None:
                capitals[token.i] = code
        for start, end, code in [*_named(mentioned), *_forces(text)]:
            index = tokens.index_at(start)
            while index < len(tokens.doc) and tokens.starts[index] < end:
                at[index] = code
                index += 1
        named = tuple((tokens.starts[i], at[i]) for i in sorted(at))
        return cls(tokens.doc, at, capitals, _enemy(tokens.doc, at), named)

    def in_phrase(self, words: Iterable[Token], capitals: bool = False) -> str | None:
        """The side that the words name, if they name one only."""
        found = {self.at[w.i] for w in words if w.i in self.at}
        if not found and capitals:
            found = {self.capitals[w.i] for w in words if w.i in self.capitals}
        return found.pop() if len(found) == 1 else None

    def between(self, start: int, end: int) -> frozenset[str]:
        """The sides that the words between two offsets name."""
        low, high = bisect_left(self.named, (start, "")), bisect_left(self.named, (end, ""))
        return frozenset(code for _, code in self.named[low:high])

    def before(self, token: Token) -> str | None:
        """The nearest side named before ``token`` in its sentence, for "its" and "their"."""
        for index in range(token.i - 1, max(-1, token.i - 60), -1):
            if index in self.at:
                return self.at[index]
            if token.doc[index].is_sent_start:
                return self._sentence_before(index)
        return None

    def of_subject(self, subject: Token) -> str | None:
        """The side that the subject of a verb names, or takes up with a pronoun."""
        return _subject_side(subject, self)

    def _sentence_before(self, start: int) -> str | None:
        """The side that the sentence before token ``start`` names, if it names one only."""
        found = set[str]()
        for index in range(start - 1, max(-1, start - 60), -1):
            if index in self.at:
                found.add(self.at[index])
            if self.doc[index].is_sent_start:
                break
        return found.pop() if len(found) == 1 else None


def _enemy(doc: Doc, at: dict[int, str]) -> str | None:
    """Whom the text calls the enemy, where it says so ("the Russian enemy") and of one side only."""
    found = {
        at[i] for i in at if i + 1 < len(doc) and doc[i + 1].lower_ in ("enemy", "enemies", "occupiers", "invaders")
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def _code(word: str) -> str | None:
    country = by_demonym(word) or by_name(word)
    return country.code if country else None


@lru_cache(maxsize=4096)
def _capital(word: str) -> str | None:
    country = by_capital(word)
    return country.code if country else None


def _named(mentioned: Mentioned) -> Iterator[tuple[int, int, str]]:
    for place in mentioned.places:
        if place.kind is PlaceKind.COUNTRY and (country := by_name(place.name)) is not None:
            yield place.spans[0].start, place.spans[-1].end, country.code


@cache
def _force_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    of = {name: code for code, names in lexicon("figures_sides")["forces"].items() for name in names}
    ordered = "|".join(re.escape(n) for n in sorted(of, key=len, reverse=True))
    return re.compile(rf"(?<![\w])(?:{ordered})(?![\w])"), of


def _forces(text: str) -> Iterator[tuple[int, int, str]]:
    pattern, of = _force_pattern()
    return ((m.start(), m.end(), of[m.group()]) for m in pattern.finditer(text))


def side_of(m: Measured, sense: Sense, sides: Sides) -> str | None:
    """The side of what is counted: named on the noun, with the measure, or by the verb that holds it."""
    anchor = m.noun.token if m.noun is not None else m.token
    return (
        _on_noun(m, anchor, sides)
        or _with_measure(sense, anchor, sides)
        or _by_holder(anchor, sense, sides)
        or _by_verb_before(m, sides)
        or _where(m, sense, sides)
    )


def _on_noun(m: Measured, anchor: Token, sides: Sides) -> str | None:
    """ "1,060 Russian soldiers", "Ukraine's 31 tanks", "generals of the Russian army"."""
    if m.noun is None and m.kind in (FigureKind.SHARE, FigureKind.CHANGE):
        whole = next((t for t in _belonging_nouns(m)), None)
        return _on_whole(whole, sides) if whole is not None else None
    if m.noun is not None and not m.listed:
        between = [m.token.doc[i] for i in range(m.noun.first, anchor.i + 1)]
        found = sides.in_phrase(between)
        if found is not None:
            return found
    anchor = anchor if m.noun is not None else _qualified(anchor)
    own = [c for c in anchor.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
    own = [w for c in own for w in (c, *(g for g in c.children if g.dep_ in ("compound", "amod", "poss")))]
    return sides.in_phrase(own, capitals=True) or _possessed(own, sides) or sides.in_phrase(_belonging(anchor))


def _qualified(token: Token) -> Token:
    """The noun that an amount qualifies: "the Pentagon’s $1 billion weapons package"."""
    for _ in range(4):
        if token.dep_ not in ("nummod", "compound", "nmod", "quantmod", "amod") or token.head.i < token.i:
            break
        token = token.head
    return token


def _belonging_nouns(m: Measured) -> Iterator[Token]:
    """The noun that a share is of: after "of", past what qualifies it."""
    doc, index = m.token.doc, m.token.i
    while index < len(doc) and doc[index].idx < m.end:
        index += 1
    if index < len(doc) and doc[index].lower_ == "of":
        yield from (doc[i] for i in range(index + 1, min(index + 7, len(doc))) if doc[i].pos_ in ("NOUN", "PROPN"))


def _on_whole(noun: Token, sides: Sides) -> str | None:
    words = [noun.doc[i] for i in range(max(0, noun.i - 3), noun.i + 1)]
    own = [c for c in noun.children if c.dep_ == "poss"]
    return sides.in_phrase(words) or _possessed(own, sides) or sides.in_phrase(_belonging(noun))


def _possessed(words: Iterable[Token], sides: Sides) -> str | None:
    pronouns = lexicon("figures_sides")["pronouns"]["possessive"]
    return next((sides.before(w) for w in words if w.lower_ in pronouns), None)


def _belonging(noun: Token) -> Iterator[Token]:
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "from"):
            for obj in child.children:
                if obj.dep_ == "pobj":
                    yield from phrase(obj, 6)


def _with_measure(sense: Sense, anchor: Token, sides: Sides) -> str | None:
    """ "Russian losses reached …", "the death toll in Ukraine rose …"."""
    word = sense.word
    if word is None or word.pos_ not in ("NOUN", "ADJ", "PROPN") or word.i == anchor.i:
        return None
    head = word
    while head.dep_ in ("compound", "amod", "nmod") and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    words = [w for w in phrase(head) if w.i < anchor.i or w.i > anchor.i + 8]
    own = [c for c in head.children if c.dep_ == "poss"]
    return sides.in_phrase(words) or _possessed(own, sides)


@cache
def _holders() -> tuple[frozenset[str], frozenset[str]]:
    data = lexicon("figures_measures")["holders"]
    return frozenset(data["verbs"]), frozenset(data["harms"])


def _by_holder(anchor: Token, sense: Sense, sides: Sides) -> str | None:
    """ "Russia lost 1,060 soldiers", "the coalition conducted 18 strikes": the subject's side."""
    holders, harms = _holders()
    for word, role in governors(anchor):
        if word.pos_ not in ("VERB", "AUX"):
            continue
        lemma = word.lemma_.lower()
        if lemma in harms:
            return None
        if lemma in holders and role is not Role.SUBJECT:
            subject = subject_of(word)
            return _subject_side(subject, sides) if subject is not None else None
    return None


def _by_verb_before(m: Measured, sides: Sides) -> str | None:
    """ "Ukraine launched two counterattacks", where the parse has lost the subject."""
    start = m.token.i
    while start > 0 and m.token.doc[start].idx > m.start:
        start -= 1
    if start < 2 or m.token.doc[start - 1].lemma_.lower() not in _holders()[0]:
        return None
    return sides.at.get(start - 2)


_HARMED = frozenset(("killed", "wounded", "casualties", "missing", "displaced"))


def _where(m: Measured, sense: Sense, sides: Sides) -> str | None:
    """Civilians harmed "in the Russian city of …" or "in Ukraine" are of that side; of fighters it says nothing."""
    if sense.measure not in _HARMED or (m.noun is not None and m.noun.word in military()):
        return None
    doc, found = m.token.doc, set[str]()
    for index in range(m.sentence, min(m.sentence + 80, len(doc))):
        if index > m.sentence and doc[index].is_sent_start:
            break
        if doc[index].lower_ in ("in", "across", "throughout", "inside"):
            found.update(_land(doc, index, sides))
    return found.pop() if len(found) == 1 else None


def _land(doc: Doc, preposition: int, sides: Sides) -> Iterator[str]:
    for index in range(preposition + 1, min(preposition + 5, len(doc))):
        word, after = doc[index], doc[index + 1] if index + 1 < len(doc) else None
        if index in sides.at:
            land = word.pos_ == "PROPN" and word.dep_ == "pobj"
            if land or (after is not None and after.lemma_.lower() in _areas()):
                yield sides.at[index]
        elif word.pos_ not in ("DET", "ADJ", "NOUN", "PROPN"):
            return


@cache
def _areas() -> frozenset[str]:
    return frozenset(lexicon("figures_measures")["territory"]["nouns"]) | {"village", "capital", "port", "border"}


@cache
def military() -> frozenset[str]:
    """Nouns for those who fight."""
    return frozenset(lexicon("figures_nouns")["military"]) | {"officer", "general", "colonel", "commander"}


def _subject_side(subject: Token, sides: Sides) -> str | None:
    found = sides.in_phrase(phrase(subject), capitals=True)
    pronouns = lexicon("figures_sides")["pronouns"]
    if found is None and (subject.lower_ in pronouns["subject"] or subject.lemma_.lower() in pronouns["nouns"]):
        return sides.before(subject)
    return found


def holder_of(word: Token, sides: Sides) -> str | None:
    """The side of the subject of the verb that holds ``word`` ("Russia suffered the greatest losses")."""
    return _by_holder(word, Sense(None, None), sides)


def sides_of(verb: Token, sides: Sides) -> tuple[str | None, str | None]:
    """The sides of a verb's subject and of its object."""
    subject = subject_of(verb_of(verb) or verb)
    objects = [c for c in verb.children if c.dep_ in ("dobj", "obj", "attr", "pobj", "prep")]
    first = _subject_side(subject, sides) if subject is not None else None
    second = next(
        (s for o in objects if (s := sides.in_phrase(islice(o.subtree, 12), capitals=True)) is not None), None
    )
    return first, second
