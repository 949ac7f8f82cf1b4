"""The bodies and states a document names, sources or not, in the order of their mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.reading.countries import Country, by_capital, by_name
from onrecord.reading.parties.answers import Heard, Memory, named_body, office_in
from onrecord.reading.parties.known import state
from onrecord.reading.parties.scene import SUBJECTS, Scene
from onrecord.reading.parties.sources import Part, core
from onrecord.reading.parties.titles import is_role


def named_bodies(scene: Scene) -> Memory:
    """A memory that holds every body and state named in the document."""
    _define_acronyms(scene)
    memory = Memory()
    memory.bodies.extend(sorted((*_known(scene), *_states(scene), *_tagged(scene, memory)), key=lambda h: h.at))
    return memory


def _known(scene: Scene) -> Iterator[Heard]:
    for found in scene.known:
        party = scene.of_known(found.known)
        subject = scene.doc[found.start : found.end].root.dep_ in SUBJECTS
        yield Heard(found.start, (party,), subject=subject, type=found.known.type)


def _states(scene: Scene) -> Iterator[Heard]:
    for token in scene.doc:
        if token.pos_ == "PROPN" and token.text[:1].isupper() and token.i not in scene.known_at and token.i not in scene.person_at:
            country = _country(token)
            if country is not None:
                demonym = country.demonyms[0] if country.demonyms else ""
                party = scene.of_known(state(country))
                yield Heard(token.i, (party,), head=demonym, subject=token.dep_ in SUBJECTS, type="state")


def _country(token: Token) -> Country | None:
    country = by_name(token.text) or (by_capital(token.text) if token.dep_ in SUBJECTS else None)
    if country is None and token.i and token.nbor(-1).text[:1].isupper():
        country = by_name(f"{token.nbor(-1).text} {token.text}")
    return country


def _tagged(scene: Scene, memory: Memory) -> Iterator[Heard]:
    for ent in scene.doc.ents:
        if ent.label_ != "ORG" or ent.start in scene.known_at or ent.end - ent.start > 12 or ent.start in scene.person_at:
            continue
        part = Part(ent.start, ent.end, ent.root.i)
        party = office_in(scene, memory, part)
        start, end = core(scene, part)
        if party is None and end > start and not any(is_role(t) for t in ent) and scene.doc[end - 1].pos_ == "PROPN":
            party = named_body(scene, part, start, end)
        if party is not None:
            yield Heard(ent.start, (party,), subject=ent.root.dep_ in SUBJECTS, type=scene.types.get(party.id, ""))


_ACRONYM = re.compile(r"[A-Z][A-Za-z]{1,7}")


def _define_acronyms(scene: Scene) -> None:
    """Full names of acronyms the text defines: "the Fictional Relief Council (FRC)"."""
    doc = scene.doc
    for i in range(2, len(doc) - 1):
        acronym = doc[i].text
        if doc[i - 1].text == "(" and doc[i + 1].text == ")" and _ACRONYM.fullmatch(acronym):
            start = _initials(scene, i - 2, acronym.upper())
            if start is not None:
                scene.acronyms[acronym] = doc.text[doc[start].idx : doc[i - 2].idx + len(doc[i - 2])]


def _initials(scene: Scene, end: int, acronym: str) -> int | None:
    """The token where the words begin whose capitals, read backwards from ``end``, spell the acronym."""
    left, i = len(acronym), end
    while i >= 0 and end - i < 14 and left > 0:
        text = scene.doc[i].text
        if text[:1].isupper():
            left -= 1
            if text[0] != acronym[left]:
                return None
        elif not (text.islower() or text in ("-", "'s", "’s")):
            return None
        i -= 1
    return i + 1 if left == 0 else None
