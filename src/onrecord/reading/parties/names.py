"""People's names: which mentions, in whatever transliteration, are one person's."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache

from onrecord.reading.lexicon import lexicon

_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"['’ʼ`-]", ""),
        (r"sch|sh|sz", "s"),
        (r"tch|ch|cz", "c"),
        (r"kh", "h"),
        (r"zh|ž|ż", "z"),
        (r"ph", "f"),
        (r"ks", "x"),
        (r"ck|q", "k"),
        (r"w", "v"),
        (r"^g", "h"),  # Honcharenko, Goncharenko
        (r"ou", "u"),
        (r"(?<=[^aeiou])[ij]e|ye|yo|io", "e"),
        (r"[yj]", "i"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=8192)
def sound(name: str) -> str:
    """A name without what differs between transliterations.

    >>> {sound(n) for n in ("Zelenskyy", "Zelenskyi", "Zelensky", "Zelenskiy", "Zelenskij")}
    {'zelenski'}
    >>> sound("Oleksiy") == sound("Oleksii"), sound("Putin") == sound("Patin")
    (True, False)
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name[:60]).casefold() if not unicodedata.combining(c))
    for pattern, replacement in _SOUNDS:
        bare = pattern.sub(replacement, bare)
    return bare


@lru_cache(maxsize=8192)
def skeleton(name: str) -> str:
    """First letter, consonants and a last "a": what stays the same between looser spellings of a long name."""
    bare = sound(name)
    kept = bare[:1] + re.sub(r"[aeiou]", "", bare[1:])
    return kept + ("a" if bare.endswith("a") else "")


@dataclass(slots=True)
class Person:
    """All mentions of one person in a document."""

    forms: list[tuple[str, ...]] = field(default_factory=list)
    gender: str | None = None
    role: str | None = None
    side: str | None = None
    known: str | None = None
    """The full name of someone known from the data."""
    post: str | None = None
    """The office that the data knows."""
    last: int = 0
    """Token index of the latest mention."""

    @property
    def name(self) -> str:
        """The name in the data, else the fullest form printed, of several the commonest, of these the first."""
        if self.known is not None:
            return self.known
        counted = Counter(self.forms)
        full = max(counted, key=lambda form: (min(len(form), 3), counted[form]))
        return " ".join((*full[:-1], _one_ending(full[-1])))

    def fits(self, form: tuple[str, ...]) -> bool:
        """Whether ``form`` may be this person's: same surname, no other first name."""
        own = set(self.forms)
        if len(form) > 1:  # "Keith Scott", then "Scott", is not Rakeyia Scott
            own = {f for f in own if len(f) > 1} or own
        return any(_fits(form, one) for one in own)


def _one_ending(surname: str) -> str:
    """Transliterations of Cyrillic -ський and -ский that mix two systems are brought to the one of BGN/PCGN, so
    that one person has one name over documents: -skiy, -skij, -skii become -skyy; -sky and -ski are also native
    spellings and stay.

    >>> _one_ending("Zelenskiy"), _one_ending("Polanski")
    ('Zelenskyy', 'Polanski')
    """
    return re.sub(r"(?<=[sz]k)(iy|ij|ii|yj)$", "yy", surname)


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return alike(short[0], long[-1]) or (len(long) > 1 and alike(short[0], long[0]))
    ends = len(long) >= len(short) and all(alike(a, b) for a, b in zip(short, long[-len(short) :], strict=True))
    return ends or (alike(short[-1], long[-1]) and same_first(short[0], long[0]))


def alike(one: str, other: str) -> bool:
    """Whether two words are one name in two transliterations.

    >>> alike("Syniehubov", "Synyehubov"), alike("Petrov", "Petrova"), alike("Schevchenko", "Shevchenko")
    (True, False, True)
    """
    a, b = sound(one), sound(other)
    return a == b or (min(len(a), len(b)) >= 6 and len(skeleton(one)) >= 4 and skeleton(one) == skeleton(other))


def same_first(one: str, other: str) -> bool:
    if len(one.rstrip(".")) == 1 or len(other.rstrip(".")) == 1:
        return one[:1] == other[:1]
    return alike(one, other)


class People:
    """The people of a document, gathered mention by mention in the order of the text."""

    __slots__ = ("_index", "all")

    def __init__(self) -> None:
        self.all: list[Person] = []
        self._index: dict[str, list[Person]] = {}

    def find(self, form: tuple[str, ...]) -> Person | None:
        """The person ``form`` names, the most lately mentioned one when it may be several."""
        near = [p for key in _keys(form) for p in self._index.get(key, ())[-8:]]
        fitting = [p for p in near if p.fits(form)]
        if len(form) == 1:  # a surname before a first name
            fitting = [p for p in fitting if any(alike(form[0], own[-1]) for own in set(p.forms))] or fitting
        return max(fitting, key=lambda p: p.last, default=None)

    def add(self, form: tuple[str, ...], at: int) -> Person:
        """The person of this mention, a new one if nobody before fits."""
        person = self.find(form)
        if person is None:
            person = Person()
            self.all.append(person)
        if form not in person.forms[-4:]:
            for key in _keys(form):
                known = self._index.setdefault(key, [])
                if person not in known[-8:]:
                    known.append(person)
        if len(person.forms) < 200:
            person.forms.append(form)
        person.last = at
        person.gender = person.gender or _given_gender(form)
        return person


def _keys(form: tuple[str, ...]) -> set[str]:
    ends = {form[-1], form[0]} if len(form) > 1 else {form[-1]}
    return {key for word in ends for key in (sound(word), skeleton(word))}


@cache
def _given() -> tuple[frozenset[str], frozenset[str]]:
    data = lexicon("parties_people")
    return frozenset(map(sound, data["feminine"])), frozenset(map(sound, data["masculine"]))


def is_given(word: str) -> bool:
    """Whether ``word`` is a common given name."""
    feminine, masculine = _given()
    return sound(word) in feminine or sound(word) in masculine


_WOMEN = re.compile(r".{3,}(ova|eva|skaya|skaia|ska|ina|yna)$", re.IGNORECASE)


def _given_gender(form: tuple[str, ...]) -> str | None:
    feminine, masculine = _given()
    if len(form) < 2:
        return None
    first = sound(form[0])
    if (first in feminine) != (first in masculine):
        return "f" if first in feminine else "m"
    return "f" if _WOMEN.match(form[-1]) and form[0].endswith("a") else None


def particle(word: str) -> bool:
    """Whether ``word`` stands small inside names ("al", "van")."""
    return word.lower() in _particles()


@cache
def _particles() -> frozenset[str]:
    return frozenset(lexicon("parties_people")["particles"])
