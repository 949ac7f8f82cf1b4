"""The tokens a figure stands among: its own, and the noun that it counts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.reading.countries import by_demonym
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The tokens of a document, found by offset."""

    doc: Doc
    starts: tuple[int, ...]
    sentences: tuple[int, ...]

    @classmethod
    def of(cls, parsed: Parsed) -> Tokens:
        starts, sentences = list[int](), list[int]()
        for token in parsed.doc:
            starts.append(token.idx)
            if token.is_sent_start:
                sentences.append(token.i)
        return cls(parsed.doc, tuple(starts), tuple(sentences))

    def sentence(self, index: int) -> tuple[int, int]:
        """The indices ``[first, end)`` of the sentence that holds token ``index``."""
        place = bisect_right(self.sentences, index)
        first = self.sentences[place - 1] if place else 0
        return first, self.sentences[place] if place < len(self.sentences) else len(self.doc)

    def sentence_span(self, offset: int) -> tuple[int, int]:
        """The characters ``[start, end)`` of the sentence that holds ``offset``."""
        first, end = self.sentence(self.index_at(offset))
        last = self.doc[end - 1]
        return self.starts[first], last.idx + len(last)

    def index_at(self, offset: int) -> int:
        """The index of the token that covers ``offset``, or of the one before it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def after(self, offset: int) -> int:
        """The index of the first token that starts at ``offset`` or later."""
        index = self.index_at(offset)
        return index if index < len(self.starts) and self.starts[index] >= offset else index + 1


@dataclass(frozen=True, slots=True, eq=False)
class Noun:
    """The counted noun: its token, its singular as printed, and whether it names people."""

    token: Token
    word: str
    people: bool
    first: int


_NOUNS = frozenset(("NOUN", "PROPN"))
_DETERMINERS = frozenset(
    ("the", "his", "her", "their", "its", "our", "my", "your", "those", "these", "them", "all", "such", "’s", "'s", "a")
)
_SKIPPED = frozenset(
    (
        "more",
        "other",
        "others",
        "additional",
        "further",
        "of",
        "-",
        "‑",
        "–",
        "plus",
        "+",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "or",
        "so",
    )
)
_STATES = frozenset(("hostage", "prisoner", "captive"))  # "took six villagers hostage"


@cache
def day_words() -> frozenset[str]:
    """Words for days that end a noun phrase rather than belong to it: "three soldiers Monday"."""
    return frozenset(lexicon("figures_nouns")["days"])


def counted(tokens: Tokens, right: int, limit: int, of_only: bool = False) -> Noun | None:
    """The noun after ``right`` and before ``limit`` that a number ending there counts."""
    sentence_end = _sentence_end(tokens, right)
    first = _phrase_start(tokens, right, min(limit, sentence_end))
    if first is None:
        return None
    head = _head(tokens.doc, first, min(limit, sentence_end))
    return noun(head, first) if head is not None else None


def _sentence_end(tokens: Tokens, right: int) -> int:
    return tokens.sentence_span(max(0, right - 1))[1]


def _phrase_start(tokens: Tokens, right: int, limit: int) -> int | None:
    """Where the noun phrase after a number starts: past "more", "of the", a hyphen."""
    index = tokens.after(right)
    seen_of = False
    for _ in range(5):
        if index >= len(tokens.doc) or tokens.starts[index] >= limit:
            return None
        word = tokens.doc[index].lower_
        if word == "who" or word == ",":
            return None
        if word == "of":
            seen_of = True
        elif not (word in _SKIPPED or (seen_of and word in _DETERMINERS)):
            return index
        index += 1
    return index


def _head(doc: Doc, first: int, limit: int) -> Token | None:
    """The last noun of the phrase that starts at ``first``: the first plural one, but for a compound."""
    found: Token | None = None
    if first + 1 < len(doc) and _measure_of_next(doc[first]):
        return doc[first]
    if _mistagged(doc[first]):
        return doc[first]
    for index in range(first, min(first + 9, len(doc))):
        token = doc[index]
        if token.idx >= limit or not _inside_phrase(token, found):
            break
        if token.pos_ in _NOUNS:
            found = token
            if _plural(token) and not _compounded(token):
                break
    return found


def _mistagged(token: Token) -> bool:
    """A verb of the third person after a number is a plural noun: numbers take no singular verb ("2,000 hires")."""
    before = token.nbor(-1) if token.i else token
    return token.tag_ == "VBZ" and token.pos_ == "VERB" and before.pos_ == "NUM" and before.lower_ != "one"


def _measure_of_next(token: Token) -> bool:
    """A singular noun before another after a number counts itself ("a 12 page document", "four-cylinder engine")."""
    following = token.nbor()
    return (
        token.tag_ == "NN"
        and _compounded(token)
        and following.tag_ == "NN"
        and not _compounded(following)
        and token.idx > 0
        and token.i > 0
        and token.nbor(-1).lower_ not in ("one", "a", "of", "the")
    )


def _inside_phrase(token: Token, found: Token | None) -> bool:
    if token.lower_ in day_words() or (found is not None and _plural(found) and token.lower_ in _STATES):
        return False
    if token.pos_ in _NOUNS:
        return found is None or not (token.pos_ == "PROPN" and found.pos_ == "NOUN" and not _compounded(found))
    if found is not None and not _compounded(found) and token.lower_ != "and" and token.pos_ != "NUM":
        return token.text in ("-", "/", "’s", "'s") and token.i + 1 < len(token.doc) and token.nbor().pos_ in _NOUNS
    if token.tag_ in ("VBN", "VBG", "VBD"):
        return token.dep_ in ("amod", "compound", "nmod") and found is None
    if token.lower_ == "and" and found is not None and found.pos_ == "PROPN":
        return token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN"
    if token.pos_ == "NUM":
        return found is not None and found.pos_ == "PROPN"
    return (
        token.pos_ in ("ADJ", "ADV")
        or token.text in ("-", ",", "/", "‑")
        or (token.lower_ in ("and", "-") and found is None)
    )


def _plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") or token.lower_ in lexicon("figures_nouns")["irregular"]


def _compounded(token: Token) -> bool:
    """Whether a noun only qualifies the next one ("rescue workers", "missile strikes")."""
    return token.dep_ in ("compound", "amod", "nmod", "poss") and token.head.i > token.i and token.head.i - token.i <= 4


_PEOPLES = re.compile(r"^[A-Z][a-z]{2,}(?:ans|ites|is)$")
# Nouns for people by their ending, of which there are too many for a list.
_AGENTS = re.compile(
    r"^[a-z-]*(?:[a-z]{3}man|[a-z]{2}woman|person|worker|keeper|maker|herder|goer|dweller|ician|ologist|holder)$"
)


def noun(token: Token, first: int | None = None) -> Noun:
    """The noun at ``token`` with the common nouns compounded to it, singular as printed."""
    word = singular(token)
    people = word.lower() in _people() or is_demonym_plural(token) or _AGENTS.search(word) is not None
    plain = people or word in _plain()
    parts = list(_qualifiers(token, token.i if first is None else first, plain))
    return Noun(token, " ".join([*parts, word]), people, token.i if first is None else first)


def _qualifiers(token: Token, first: int, plain: bool) -> Iterator[str]:
    """The words that qualify a noun: nouns compounded to it, and its adjectives where it is no plain word of war."""
    start = token.i
    while start - 1 >= first and _qualifies(token.doc[start - 1], plain):
        start -= 1
    words = (token.doc[i] for i in range(start, token.i) if token.doc[i].tag_ not in ("JJR", "JJS"))
    return (word.text if word.pos_ == "PROPN" else word.lower_ for word in words)


def _qualifies(token: Token, plain: bool) -> bool:
    if token.tag_ in ("NN", "NNS") or (token.tag_ == "NNP" and not plain):
        return _compounded(token)
    return not plain and token.pos_ == "ADJ" and token.dep_ in ("amod", "compound") and token.is_alpha


@cache
def _plain() -> frozenset[str]:
    nouns = lexicon("figures_nouns")
    equipment = {name for names in nouns["equipment"].values() for name in names}
    return frozenset(equipment | set(nouns["events"]["words"]) | {"settlement", "village", "town", "city"})


@cache
def _people() -> frozenset[str]:
    return frozenset(lexicon("figures_nouns")["people"])


@cache
def _singulars() -> dict[str, str]:
    return dict(lexicon("figures_nouns")["irregular"])


def singular(token: Token) -> str:
    """The singular of a noun as printed; capitals stay for names."""
    word = token.lower_ if token.pos_ == "NOUN" or token.lower_ in _singulars() else token.text
    if word in _singulars():
        return _singulars()[word]
    if token.tag_ in ("NNS", "VBZ") and token.lemma_.lower() != word:
        return token.lemma_ if token.pos_ == "PROPN" else token.lemma_.lower()
    if token.tag_ in ("NNS", "NNPS") and re.search(r"[^siu]s$", word):
        return word[:-1]
    return word


def is_demonym_plural(token: Token) -> bool:
    """ "Ukrainians", "Sudanese", "Gazans": a capitalised noun that a people go by."""
    if not token.text[:1].isupper() or token.pos_ not in _NOUNS:
        return False
    if token.text.endswith(("s", "ese")) and by_demonym(token.text) is not None:
        return True
    return token.tag_ in ("NNS", "NNPS") and _PEOPLES.search(token.text) is not None


def before(tokens: Tokens, left: int) -> Noun | None:
    """The noun of a list entry whose number follows it ("tanks – 1361", "personnel: 30,700")."""
    index = tokens.index_at(left - 1) if left else 0
    token = tokens.doc[index] if len(tokens.doc) else None
    if token is None or token.text not in ("-", "–", "‒", "—", ":", "=") or index == 0:
        return None
    previous = tokens.doc[index - 1]
    if previous.text == ")":
        opening = next((i for i in range(index - 2, max(0, index - 9), -1) if tokens.doc[i].text == "("), None)
        previous = tokens.doc[opening - 1] if opening else previous
    kinds = ("NOUN",) if token.text == ":" else ("NOUN", "PROPN", "ADJ", "VERB")
    return noun(previous, max(0, previous.i - 3)) if previous.pos_ in kinds else None
