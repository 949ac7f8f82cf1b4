"""Who speaks in a statement, by keys that are one for a claimant over all documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from onrecord.matching.words import data
from onrecord.model import Party, PartyKind, normalised

UNNAMED = "unnamed:"  # what a reading sets before the words for a claimant without a name
_LONGEST_NAME = 8  # words
_DOUBLED = re.compile(r"(.)\1+")
_SOUNDS = (("kh", "h"), ("iy", "i"), ("yi", "i"), ("yy", "i"), ("ij", "i"), ("y", "i"), ("w", "v"), ("ou", "u"))


class Kin(IntEnum):
    """How two claimants stand to each other: OPEN where one of them is the author, or nobody that is named."""

    OTHER = 0
    OPEN = 1
    AKIN = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the ``keys`` of the claimants and of the bodies they speak for; none for the author's own.

    ``described`` are the words that tell an unnamed claimant from others, or the words of the names; ``persons`` the
    words of each person's name, ``ids`` the claimants' ids, ``sides`` their sides. ``named`` is whether any has a name.
    """

    keys: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()
    persons: tuple[frozenset[str], ...] = ()
    sides: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    named: bool = False
    author: bool = True


AUTHOR = Voice()


class Voices:
    """The voices of claimants: whom a person's role makes the spokesman of which body, and who are held to be one.

    ``merged`` has the head of each party that people merged with others, by the parties' ids; ``apart`` the pairs of
    parties they hold to be two, each by those heads.
    """

    def __init__(
        self,
        parties: Iterable[Party],
        merged: Mapping[str, str] | None = None,
        apart: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self.bodies = {
            tuple(normalised(party.name).split())
            for party in parties
            if party.kind in (PartyKind.ORGANISATION, PartyKind.GROUP) and not party.name.startswith(UNNAMED)
        }
        self.merged = merged or {}
        self.apart = apart
        self._known: dict[tuple[Party, ...], Voice] = {}

    def of(self, claimants: tuple[Party, ...]) -> Voice:
        voice = self._known.get(claimants)
        if voice is None:
            voice = self._known[claimants] = self._voice(claimants) if claimants else AUTHOR
        return voice

    def kin(self, one: Voice, other: Voice) -> Kin:
        """How two voices stand to each other; the same whichever comes first."""
        if self.apart and self._held_apart(one, other):
            return Kin.OTHER
        if one.keys & other.keys or any(_same_person(a, b) for a in one.persons for b in other.persons):
            return Kin.SAME
        if not (one.named and other.named):
            return _unnamed_kin(one, other)
        return Kin.OTHER

    def _voice(self, claimants: tuple[Party, ...]) -> Voice:
        keys: set[str] = set()
        for party in claimants:
            keys.add(f"id {self.merged.get(party.id, party.id)}")
            if not party.name.startswith(UNNAMED):
                keys.add(name_key(party.name))
                keys.update(self._speaks_for(party.role))
        named = [party for party in claimants if not party.name.startswith(UNNAMED)]
        return Voice(
            frozenset(keys),
            frozenset(word for party in claimants for word in _telling(party.name.removeprefix(UNNAMED))),
            tuple(
                frozenset(name_key(party.name).split())
                for party in named
                if party.kind is PartyKind.PERSON and " " in party.name
            ),
            frozenset(party.side for party in claimants if party.side),
            frozenset(self.merged.get(party.id, party.id) for party in claimants),
            bool(named),
            False,
        )

    def _speaks_for(self, role: str | None) -> Iterator[str]:
        """The bodies on the record that a role names, unless it is one held in the past."""
        words = normalised(role or "").split()
        if set(words) & set(data("voices")["past"]):
            return
        for start in range(len(words)):
            for end in range(min(len(words), start + _LONGEST_NAME), start + 1, -1):
                if tuple(words[start:end]) in self.bodies:
                    yield name_key(" ".join(words[start:end]))
                    break

    def _held_apart(self, one: Voice, other: Voice) -> bool:
        return any((min(a, b), max(a, b)) in self.apart for a in one.ids for b in other.ids)


def _same_person(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one name is the other with words left out, two at least being left."""
    return len(one & other) > 1 and (one <= other or other <= one)


def _unnamed_kin(one: Voice, other: Voice) -> Kin:
    """Nobody named on one side at least: akin when they are described alike and on no two sides, else open."""
    if one.author and other.author:
        return Kin.AKIN
    sided_apart = bool(one.sides and other.sides and not one.sides & other.sides)
    if one.described & other.described and not sided_apart:
        return Kin.AKIN
    return Kin.OTHER if sided_apart else Kin.OPEN


@lru_cache(50_000)
def name_key(name: str) -> str:
    """A name as it sounds, so that its usual spellings in Latin letters are one.

    >>> name_key("Aamaq news agency") == name_key("Amaq News Agency")
    True
    >>> name_key("Volodymyr Zelenskyy") == name_key("Volodimir Zelensky")
    True
    """
    text = normalised(name)
    for written, heard in _SOUNDS:
        text = text.replace(written, heard)
    return _DOUBLED.sub(r"\1", text)


@lru_cache(50_000)
def _telling(name: str) -> frozenset[str]:
    return frozenset(normalised(name).split()) - frozenset(data("voices")["common"])
