"""Where a claim entered the record: its origins, without copies and without those who pass on what they were told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from onrecord.matching.tellings import Telling
from onrecord.matching.voices import Kin, Voices, name_key
from onrecord.model import Origin

_COPIED = 0.6  # of the statements of the shorter text, for the longer one to be its copy or the other way round
_AT_LEAST = 2  # statements that a copy has in common
_VERBATIM = 0.5  # of the pairs of words in a row of an author's own statement, for another's to be made of it
_LONG = 6  # words; shorter contents are alike by chance
_NEXT = 12  # texts with one statement that each is compared with


def copies(tellings: Sequence[Telling]) -> dict[str, str]:
    """For each document that is a copy of another, or of the same wire story, the first of them on the record.

    Two texts are copies when they tell most of the statements of the shorter one with the same words.
    """
    contents: dict[str, set[frozenset[str]]] = defaultdict(set)
    texts: dict[frozenset[str], list[str]] = defaultdict(list)
    for one in tellings:
        if len(one.words) >= _LONG and one.words not in contents[one.at.document]:
            contents[one.at.document].add(one.words)
            texts[one.words].append(one.at.document)
    shared = Counter(pair for same in texts.values() for pair in _near(same))
    above: dict[str, str] = {}
    for (document, copy), count in sorted(shared.items()):
        if count >= max(_AT_LEAST, _COPIED * min(len(contents[document]), len(contents[copy]))):
            above[_head(above, copy)] = _head(above, document)
    first = {document: n for n, document in reversed(list(enumerate(one.at.document for one in tellings)))}
    return _first_of(above, first)


def _near(documents: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(documents):
        for other in documents[at + 1 : at + 1 + _NEXT]:
            yield min(one, other), max(one, other)


def _head(above: Mapping[str, str], one: str) -> str:
    while one in above and above[one] != one:
        one = above[one]
    return one


def _first_of(above: Mapping[str, str], first: Mapping[str, int]) -> dict[str, str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for document in above:
        groups[_head(above, document)].append(document)
    found: dict[str, str] = {}
    for head, members in groups.items():
        every = sorted({head, *members}, key=lambda document: first[document])
        found.update(dict.fromkeys(every[1:], every[0]))
    return found


def origins(members: Sequence[Telling], copied: Mapping[str, str], voices: Voices) -> tuple[tuple[Origin, ...], int]:
    """The origins of a claim, the earliest first, and how many of them do not rest on one another.

    A telling that names a relay entered the record with that relay; one that names a text on the claim's own record as
    its relay, or is a copy, has no origin of its own; one that names no relay adds none where its claimant has one.
    Whoever repeats itself to several relays has several origins, of which one counts. What an author says in its own
    words counts once for each text that is not made of another's words.
    """
    publishers = {name_key(one.at.publisher) for one in members if one.at.publisher}
    rooted = [one for one in members if one.at.document not in copied and not _passed_on(one, publishers)]
    groups = _independent(rooted or list(members[:1]), voices)
    return tuple(origin for group in groups for origin in _of(group)), len(groups)


def _passed_on(one: Telling, publishers: set[str]) -> bool:
    relays = {name_key(relay.name) for relay in one.at.statement.relays}
    own = {name_key(one.at.publisher)} if one.at.publisher else set()
    return bool(relays & (publishers - own))


def _independent(members: Sequence[Telling], voices: Voices) -> list[list[Telling]]:
    """The members by those whose word they rest on; the first of each group is compared."""
    groups: list[list[Telling]] = []
    for one in members:
        group = next((group for group in groups if _one_origin(group[0], one, voices)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _one_origin(one: Telling, other: Telling, voices: Voices) -> bool:
    if one.voice.author != other.voice.author:
        return False
    if not one.voice.author:
        return voices.kin(one.voice, other.voice) >= Kin.AKIN
    if one.at.document == other.at.document:
        return True
    runs, others = (set(pairwise(each.order)) for each in (one, other))
    return len(runs & others) >= _VERBATIM * max(1, min(len(runs), len(others)))


def _of(group: Sequence[Telling]) -> Iterator[Origin]:
    """One origin for each relay named, or one for the claimant where none is."""
    seen: set[str] = set()
    relayed = [one for one in group if one.at.statement.relays]
    for one in relayed or group[:1]:
        statement = one.at.statement
        party = statement.relays[0].name if statement.relays else _who(one)
        if name_key(party) not in seen:
            seen.add(name_key(party))
            said = statement.said.earliest if statement.said else None
            yield Origin(party, one.at.document, said)


def _who(one: Telling) -> str:
    """The claimant, or whose text it is where the author says so."""
    claimant = "; ".join(party.name for party in one.at.statement.claimant)
    return claimant or one.at.publisher or one.at.key or one.at.document


def texts(members: Sequence[Telling]) -> int:
    return len({one.at.document for one in members})
