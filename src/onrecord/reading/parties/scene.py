"""Who is named where in a document: people, known parties and states, found once before any source is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from onrecord.model import Party, PartyKind, party_id
from onrecord.reading.countries import Country, by_capital, by_demonym, by_name
from onrecord.reading.layout import Line, LineKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.parties.holders import is_known_alone
from onrecord.reading.parties.known import OUTLETS, Known, known_among, likeliest, plain_words
from onrecord.reading.parties.names import People, Person, is_given, particle
from onrecord.reading.places.gazetteer import entries
from onrecord.reading.places.pack import plain

Range = tuple[int, int]

_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_HYPHENS = frozenset(("-", "–", "/", '"', "“", "”", "'", "’", "‘"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))


@dataclass(frozen=True, slots=True)
class KnownAt:
    """A known party's name in the text, in half-open token indices."""

    start: int
    end: int
    known: Known


@dataclass(frozen=True, slots=True)
class PersonAt:
    """One mention of a person, in half-open token indices."""

    start: int
    end: int
    person: Person


@dataclass(slots=True)
class Scene:
    """What is known about the names of one document."""

    parsed: Parsed
    doc: Doc
    known: list[KnownAt]
    known_at: dict[int, KnownAt]
    """By each of its tokens."""
    persons: list[PersonAt]
    person_at: dict[int, PersonAt]
    sentence: list[int]
    """Sentence number of each token."""
    quoted: list[bool]
    """Whether each token stands in a quotation."""
    reported: list[bool]
    """Whether each token stands in the content of an attribution."""
    people: People
    parties: dict[str, Party]
    acronyms: dict[str, str]
    """Full name by the acronym the text defines for it."""
    own_outlets: frozenset[str]
    """Outlets that the page itself is of, told by its boilerplate or dateline."""
    genders: dict[str, str | None]
    """What the text tells of each person's gender, by the party's id."""
    types: dict[str, str]
    """Type of each known party by its id."""

    def party(self, name: str, kind: PartyKind, role: str | None = None, side: str | None = None) -> Party:
        """The document's one party of that name; what is first told about role and side stays."""
        key = _key(name)
        known = self.parties.get(key)
        if known is None:
            known = self.parties[key] = Party(party_id(self.parsed.document, name), name, kind, role, side)
        return known

    def told_side(self, party: Party, side: str) -> Party:
        """The party with a side that was told after its name."""
        sided = replace(party, side=side)
        self.parties[_key(party.name)] = sided
        return sided

    def latest(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The parties with all that the document tells of them: one value for all mentions."""
        return tuple(self.parties.get(_key(party.name), party) for party in parties)

    def of_person(self, person: Person) -> Party:
        party = self.party(person.name, PartyKind.PERSON, person.role, person.side)
        if (party.role is None and person.role) or (party.side is None and person.side):
            party = replace(party, role=party.role or person.role, side=party.side or person.side)
            self.parties[_key(party.name)] = party
        self.genders[party.id] = person.gender
        return party

    def body_types(self, noun: str) -> list[str]:
        """The kinds of known party that a noun for a body may pick up again."""
        types: list[str] = lexicon("parties")["bodies"].get(noun, [])
        return types

    def of_known(self, known: Known) -> Party:
        party = self.party(known.name, known.kind, side=known.side)
        self.types[party.id] = known.type
        return party


def _key(name: str) -> str:
    return " ".join(plain_words(name)).lower() or name


def set_scene(parsed: Parsed, sources: Iterable[Range]) -> Scene:
    """The names of ``parsed``; runs of capitals in ``sources`` count as names though no tagger saw them."""
    doc = parsed.doc
    acronyms = defined_acronyms(doc)
    known = [k for k in _known(doc) if not _redefined(doc, k, acronyms)]
    scene = Scene(
        parsed=parsed,
        doc=doc,
        known=known,
        known_at={i: k for k in known for i in range(k.start, k.end)},
        persons=[],
        person_at={},
        sentence=_sentences(doc),
        quoted=_quoted(parsed),
        reported=[False] * len(doc),
        people=People(),
        parties={},
        acronyms=acronyms,
        own_outlets=_own_outlets(parsed, known),
        genders={},
        types={},
    )
    _find_people(scene, sources)
    return scene


def _own_outlets(parsed: Parsed, known: list[KnownAt]) -> frozenset[str]:
    """Outlets that boilerplate lines or the dateline name: "Get the … app", "KYIV (…) —"; an agency alone on its line
    is another's where the publisher is known."""
    names = set()
    for found in known:
        if found.known.type in OUTLETS:
            line = parsed.layout.line_at(parsed.doc[found.start].idx)
            boilerplate = line is not None and line.kind is LineKind.BOILERPLATE
            if boilerplate and parsed.document.publisher and _fills(parsed, found, line):
                continue
            dateline = 0 < found.start < 15 and parsed.doc[found.start - 1].text == "("
            dateline = dateline or (found.start == 0 and found.end < len(parsed.doc) and _is_dash(parsed, found.end))
            if boilerplate or dateline:
                names.add(found.known.name)
    return frozenset(names)


def _fills(parsed: Parsed, found: KnownAt, line: Line | None) -> bool:
    """Whether a name is all that its line says."""
    last = parsed.doc[found.end - 1]
    return line is not None and (line.start, line.end) == (parsed.doc[found.start].idx, last.idx + len(last))


def _is_dash(parsed: Parsed, at: int) -> bool:
    return parsed.doc[at].text in ("—", "–", "-", "--")


def _sentences(doc: Doc) -> list[int]:
    numbers, number = [], -1
    for token in doc:
        number += bool(token.is_sent_start) or token.i == 0
        numbers.append(number)
    return numbers


def _quoted(parsed: Parsed) -> list[bool]:
    quotations, at, inside = parsed.layout.quotations, 0, []
    for token in parsed.doc:
        while at < len(quotations) and quotations[at].end <= token.idx:
            at += 1
        inside.append(at < len(quotations) and quotations[at].start <= token.idx)
    return inside


def _known(doc: Doc) -> Iterator[KnownAt]:
    words: list[str] = []
    where: list[int] = []
    for token in doc:
        text = token.text
        if text in _POSSESSIVE or text in _HYPHENS:
            continue
        for word in (text,) if text.isalpha() else plain_words(text) or (",",):
            words.append(word)
            where.append(token.i)
    every = known_among(words)
    named = frozenset(f.known.name for f in every if not f.others)
    shared = any(f.others for f in every)
    states = frozenset(c.code for t in doc if (c := _state_in(t))) if shared else frozenset[str]()
    for found in every:
        known = likeliest(found, named, states) if found.others else found.known
        yield KnownAt(where[found.start], where[found.end - 1] + 1, known)


def _state_in(token: Token) -> Country | None:
    return country_of(token) or (by_capital(token.text) if token.text[:1].isupper() else None)


_ACRONYM = re.compile(r"[A-Z][A-Za-z]{1,7}")


def defined_acronyms(doc: Doc) -> dict[str, str]:
    """Full names of acronyms a text defines: "the Fictional Relief Council (FRC)"."""
    found: dict[str, str] = {}
    for i in range(2, len(doc) - 1):
        acronym = doc[i].text
        if doc[i - 1].text == "(" and doc[i + 1].text == ")" and _ACRONYM.fullmatch(acronym):
            start = _initials(doc, i - 2, acronym.upper())
            if start is not None:
                found[acronym] = doc[start : i - 1].text
    return found


def _initials(doc: Doc, end: int, acronym: str) -> int | None:
    """The token where the words begin whose capitals, read backwards from ``end``, spell the acronym."""
    left, i = len(acronym), end
    while i >= 0 and end - i < 14 and left > 0:
        text = doc[i].text
        if text[:1].isupper():
            left -= 1
            if text[0] != acronym[left]:
                return None
        elif not (text.islower() or text in ("-", "'s", "’s")):
            return None
        i -= 1
    return i + 1 if left == 0 else None


def _redefined(doc: Doc, known: KnownAt, acronyms: dict[str, str]) -> bool:
    """Whether a known acronym stands for something else in this text."""
    full = acronyms.get(doc[known.start].text) if known.end - known.start == 1 else None
    if full is None:
        return False
    named = known_among(plain_words(full))
    return not any(found.known.name == known.known.name for found in named)


# --- people ----------------------------------------------------------------------------------------------------


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of words about parties, by its name in the data file."""
    return frozenset(lexicon("parties")[name])


@cache
def _never_in_names() -> frozenset[str]:
    data = lexicon("parties")
    plural = [f"{role}s" for role in data["roles"]]
    return frozenset((*data["titles"], *data["roles"], *plural, *data["papers"], *data["loose_papers"]))


@cache
def body_words() -> frozenset[str]:
    """Nouns that head the names of bodies ("agency", "ministry")."""
    return frozenset(word for noun in lexicon("parties")["bodies"] for word in noun.split())


def country_of(token: Token) -> Country | None:
    """The country a token names or whose adjective it is."""
    if not token.text[:1].isupper():
        return None
    return by_name(token.text) or by_demonym(token.text)


def _find_people(scene: Scene, sources: Iterable[Range]) -> None:
    votes: Counter[tuple[str, bool]] = Counter()
    ranges: dict[Range, bool] = {}
    for ent in scene.doc.ents:
        if ent.label_ in ("PERSON", "ORG", "GPE", "NORP", "FAC", "LOC"):
            votes[ent.text, ent.label_ == "PERSON"] += 1
        if ent.label_ == "PERSON":
            for run in name_runs(scene, ent.start, _to_end_of_name(scene, ent.end)):
                ranges[run] = True
    for start, end in sources:
        for run in name_runs(scene, start, end):
            ranges.setdefault(run, False)
    _gather(scene, _clean(scene, ranges, votes))
    _gather_bare_surnames(scene)


def _to_end_of_name(scene: Scene, end: int) -> int:
    """The end of a name the tagger cut short: "[Oksana] Marchenko"."""
    doc = scene.doc
    while end < len(doc) and doc[end].pos_ == "PROPN" and _in_name(scene, end, True, end + 1):
        if doc[end].ent_type_ in ("ORG", "GPE", "NORP", "PERSON", "FAC", "LOC") or doc[end].is_sent_start:
            break
        end += 1
    return end


def name_runs(scene: Scene, start: int, end: int) -> Iterator[Range]:
    """Stretches of capitalised words that may be somebody's name."""
    first: int | None = None
    for i in range(start, end + 1):
        if i < end and _in_name(scene, i, first is not None, end):
            first = i if first is None else first
            continue
        if first is not None:
            last = i
            while last > first and not scene.doc[last - 1].text[:1].isupper():
                last -= 1
            if last > first:
                yield _from_given_name(scene, first, last), last
            first = None


def _from_given_name(scene: Scene, first: int, last: int) -> int:
    """Where a name of three or more words begins if its first is none: "occupied Mariupol Petro …"."""
    if last - first == 3 and not is_given(scene.doc[first].text) and is_given(scene.doc[first + 1].text):
        return first + 1
    return first


def _in_name(scene: Scene, i: int, inside: bool, end: int) -> bool:
    token = scene.doc[i]
    text = token.text
    if i in scene.known_at or token.pos_ in ("DET", "PRON", "CCONJ", "SCONJ", "AUX"):
        return False
    if text[:1].isupper():
        return (
            text.rstrip(".").lower() not in _never_in_names()
            and country_of(token) is None
            and any(map(str.isalpha, text))
        )
    if text in ("-", "’", "'", "ʼ"):
        return inside and i + 1 < end and scene.doc[i + 1].text[:1].isupper() and not token.whitespace_
    return (particle(text) and i + 1 < end and (inside or token.i + 1 < end)) and (
        scene.doc[i + 1].text[:1].isupper() or scene.doc[i + 1].text in ("-", "al", "der", "la")
    )


def _clean(scene: Scene, ranges: dict[Range, bool], votes: Counter[tuple[str, bool]]) -> list[Range]:
    """The ranges that are people's names: tagged so, or titled, or with a given name, and not outvoted."""
    kept: list[Range] = []
    for (start, end), tagged in sorted(ranges.items(), key=lambda item: (item[0][0], -item[0][1])):
        if any(start < e and s < end for s, e in kept[-1:]):
            continue
        if _is_person(scene, start, end, tagged, votes):
            kept.append((start, end))
    return kept


def _is_person(scene: Scene, start: int, end: int, tagged: bool, votes: Counter[tuple[str, bool]]) -> bool:
    doc = scene.doc
    text = doc[start:end].text
    if end - start > 6 or any(t.lower_ in body_words() for t in doc[start:end]):
        return False
    if by_name(text) or by_capital(text):
        return False
    titled = start > 0 and (_is_title(doc[start - 1]) or (end - start > 1 and _after_role(doc, start)))
    yes, no = votes[text, True], votes[text, False]
    if end - start == 1:
        if len(text) > 1 and text.isupper() and not titled:  # an acronym
            return False
        if tagged and not titled and _is_place(text):
            return False
        return titled or (tagged and yes >= no) or _described(doc, end) or is_known_alone(text)
    return (
        titled
        or yes > no
        or (tagged and yes >= no)
        or is_given(doc[start].text)
        or _described(doc, end)
        or _directs(doc, end)
    )


def _is_place(text: str) -> bool:
    """Whether a name is that of a region or a town of some size; a surname that is too is found by its full name."""
    return any(e.curated or e.population >= _TOWN for e in entries(plain(text)))


_TOWN = 50_000


def _after_role(doc: Doc, start: int) -> bool:
    """Whether a name follows a role and a comma: "The President of Ruritania, …"."""
    if doc[start - 1].text != ",":
        return False
    for i in range(start - 2, max(-1, start - 12), -1):
        if doc[i].is_punct and doc[i].text != "-":
            return False
        if doc[i].lower_ in word_set("roles"):
            return i == 0 or doc[i - 1].pos_ in ("DET", "ADJ", "PROPN", "NOUN", "PART")
    return False


def _is_title(token: Token) -> bool:
    word = token.text.rstrip(".").lower()
    return word in word_set("titles") or word in word_set("roles")


def _directs(doc: Doc, end: int) -> bool:
    """ "… director of" after a name, where a comma was lost."""
    return end + 1 < len(doc) and doc[end].text in word_set("roles") and doc[end + 1].lower_ in ("of", "at", "for")


def _described(doc: Doc, end: int) -> bool:
    """Whether an age or a role follows a name: "…, 43", "…, the commander of"."""
    if end + 2 < len(doc) and doc[end].text == ",":
        for token in doc[end + 1 : end + 7]:
            if token.lower_ in word_set("roles"):
                return True
            if token.pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "PART"):
                break
    return end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].is_digit and len(doc[end + 1]) <= 2


def form_of(scene: Scene, start: int, end: int) -> tuple[str, ...]:
    """A name's words, without suffixes and possessives."""
    words = "".join(t.text + (" " if t.whitespace_ else "") for t in scene.doc[start:end]).split()
    words = [w.rstrip(",") for w in words]
    while len(words) > 1 and words[-1].rstrip(".") in ("Jr", "Sr", "II", "III", "IV"):
        words.pop()
    return tuple(words)


def _gather(scene: Scene, ranges: list[Range]) -> None:
    """Persons from the ranges: full names are entered first where a bare surname precedes them."""
    full = [r for r in ranges if r[1] - r[0] > 1]
    preview = People()
    for start, end in full:
        preview.add(form_of(scene, start, end), start)
    for start, end in ranges:
        form = form_of(scene, start, end)
        if not form:
            continue
        if len(form) == 1 and scene.people.find(form) is None and (ahead := preview.find(form)):
            person = scene.people.add(max(ahead.forms, key=len), start)
        else:
            person = scene.people.add(form, start)
        _enter(scene, start, end, person)


def _enter(scene: Scene, start: int, end: int, person: Person) -> None:
    mention = PersonAt(start, end, person)
    scene.persons.append(mention)
    for i in range(start, end):
        scene.person_at[i] = mention


def _gather_bare_surnames(scene: Scene) -> None:
    """Surnames the tagger took for a place or a body, once the full name is known."""
    surnames: dict[str, Person] = {}
    for person in scene.people.all:
        for form in set(person.forms):
            if len(form) > 1:
                surnames.setdefault(form[-1], person)
    for token in scene.doc:
        person_ = surnames.get(token.text)
        if person_ is None or token.i in scene.person_at or token.i in scene.known_at:
            continue
        if token.pos_ == "PROPN" and not (token.i + 1 < len(scene.doc) and scene.doc[token.i + 1].pos_ == "PROPN"):
            _enter(scene, token.i, token.i + 1, person_)
    scene.persons.sort(key=lambda m: m.start)
