"""Words cut into the pieces the encoder knows (WordPiece, uncased; Wu et al. 2016, Devlin et al. 2019)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# A longer word is unknown to the encoder whatever it says; cutting it greedily would be quadratic.
_LONGEST = 64
_MOST_PIECES = 16
_REMEMBERED = 200_000

NUMBER_OF_CASES = 7
# The encoder learned English from straight marks; whether one opens or closes is told beside the pieces.
_MARKS = {**dict.fromkeys(["''", "``", "“", "”", "„", "‟", "«", "»"], '"'), "‘": "'", "’": "'", "‛": "'"}
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_NONE, _LOWER, _TITLE, _UPPER, _MIXED, _DIGIT, MARK = range(NUMBER_OF_CASES)


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """A vocabulary of pieces with their numbers; words seen before are remembered."""

    vocabulary: Mapping[str, int]
    seen: dict[str, tuple[tuple[int, ...], int]] = field(default_factory=dict, repr=False)

    @property
    def unknown(self) -> int:
        return self.vocabulary["[UNK]"]

    @property
    def start(self) -> int:
        return self.vocabulary["[CLS]"]

    @property
    def end(self) -> int:
        return self.vocabulary["[SEP]"]

    def of(self, word: str) -> tuple[tuple[int, ...], int]:
        """The numbers of the word's pieces, at least one, and how it is cased."""
        known = self.seen.get(word)
        if known is None:
            if len(self.seen) >= _REMEMBERED:
                self.seen.clear()
            known = self.seen[word] = (self._cut(word), case(word))
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST:
            return (self.unknown,)
        pieces = [piece for part in _parts(_plain(word)) for piece in self._cut_part(part)]
        return tuple(pieces[:_MOST_PIECES]) or (self.unknown,)

    def _cut_part(self, part: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(part):
            found = self._longest(part, start)
            if found is None:
                return [self.unknown]
            pieces.append(found[0])
            start = found[1]
        return pieces

    def _longest(self, part: str, start: int) -> tuple[int, int] | None:
        prefix = "##" if start else ""
        for end in range(len(part), start, -1):
            number = self.vocabulary.get(prefix + part[start:end])
            if number is not None:
                return number, end
        return None


def case(word: str) -> int:
    """How a word is cased: the encoder itself reads lower case only.

    >>> [case(w) for w in ("said", "Kyiv", "NATO", "McCain", "1,200", "”")]
    [1, 2, 3, 4, 5, 6]
    """
    if not any(c.isalnum() for c in word):
        return MARK
    if any(c.isdigit() for c in word):
        return _DIGIT
    if word.islower():
        return _LOWER
    if word.isupper() and len(word) > 1:
        return _UPPER
    return _TITLE if word[:1].isupper() and not any(c.isupper() for c in word[1:]) else _MIXED


def _plain(word: str) -> str:
    """Lower case without accents, with straight quotation marks."""
    lowered = unicodedata.normalize("NFD", _MARKS.get(word, word).translate(_STRAIGHT).lower())
    return "".join(c for c in lowered if unicodedata.category(c) not in ("Mn", "Cc", "Cf", "Cs"))


def _parts(word: str) -> Iterator[str]:
    """Runs of letters and digits, and every other character by itself."""
    run = ""
    for c in word:
        if c.isalnum() and not _ideograph(c):
            run += c
            continue
        if run:
            yield run
            run = ""
        if not c.isspace():
            yield c
    if run:
        yield run


def _ideograph(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf" or "\uf900" <= c <= "\ufaff"
