"""Papers that speak for whoever issued them: "the statement", "data from …", "a report by …"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.model import Party, PartyKind
from onrecord.reading.parties.bodies import by_capitals, by_name_of_body
from onrecord.reading.parties.known import state
from onrecord.reading.parties.memory import Answer, Memory, Parties, Question, unnamed
from onrecord.reading.parties.offices import by_office, office_in
from onrecord.reading.parties.persons import by_person
from onrecord.reading.parties.scene import SUBJECTS, Scene, word_set
from onrecord.reading.parties.sources import NOUNS, Part, core, country_in, parts


def by_paper(scene: Scene, memory: Memory, question: Question, part: Part) -> Answer | None:
    """ "The statement", "data from Ukraine": those whose words they are."""
    head = paper_head(scene, part)
    if head is None:
        return None
    owner = owner_named(scene, memory, question, part, head)
    if owner:
        return Answer(owner)
    if head.lower_ in word_set("loose_papers") or head.tag_ in ("NNS", "NNPS"):
        return Answer((unnamed(scene, part),))
    start, end = core(scene, part)
    office = office_in(scene, memory, Part(part.start, head.i, head.i - 1)) if start < head.i < end else None
    if office is not None:
        return Answer((office,))
    if scene.doc[part.start].lower_ not in ("the", "this", "that") and head.i - start > 0:
        return Answer((unnamed(scene, part),))
    owner = _owner_before(scene, memory, question, head)
    return Answer(owner, sure=False) if owner else Answer((unnamed(scene, part),))


def paper_head(scene: Scene, part: Part) -> Token | None:
    start, end = core(scene, part)
    for token in reversed(scene.doc[start:end]):
        if token.pos_ in NOUNS or token.lower_ in word_set("papers"):
            word = token.lower_
            is_paper = word in word_set("papers") or word in word_set("loose_papers") or word in word_set("carriers")
            return token if is_paper else None
    return None


def owner_named(scene: Scene, memory: Memory, question: Question, part: Part, head: Token) -> Parties:
    """The party named beside a paper: "'s report", "figures from", "data confirmed by", "Ukrainian updates"."""
    doc = scene.doc
    for i in range(head.i + 1, part.end):
        if doc[i].lower_ in word_set("carrying") and i + 1 < part.end:
            found = _named(scene, memory, question, i + 1, part.end)
            if found:
                return found
        elif doc[i].text in (",", ";"):
            break
    for i in range(part.start, head.i):
        if doc[i].lower_ in ("'s", "’s") or (doc[i].lower_ in ("'", "’") and doc[i - 1].text.endswith("s")):
            found = _named(scene, memory, question, part.start, i)
            if found:
                return found
    before = [k for i in range(part.start, head.i) if (k := scene.known_at.get(i))]
    if before and before[-1].end == head.i:
        return (scene.of_known(before[-1].known),)
    country = country_in(scene, part.start, head.i)
    if country and country[1] == head.i - 1 and head.lower_ in word_set("carriers"):
        return (scene.of_known(state(country[0])),)
    return ()


def _named(scene: Scene, memory: Memory, question: Question, start: int, end: int) -> Parties:
    """The named parties of a range, if every one of them is."""
    found: list[Party] = []
    for part in parts(scene, start, end):
        one = next(
            (a for resolve in (by_person, by_name_of_body, by_office) if (a := resolve(scene, memory, question, part))),
            None,
        )
        if one is None and scene.doc[part.head].ent_type_ == "ORG":
            one = by_capitals(scene, memory, question, part)
        if one is None:
            return ()
        found.extend(one.parties)
    return tuple(found)


def _owner_before(scene: Scene, memory: Memory, question: Question, head: Token) -> Parties:
    """Whose paper it is, told before: by its verb's subject, at its last mention, or else who was last heard."""
    doc, lemma = scene.doc, head.lower_
    own = _issuer(scene, memory, question, head)
    if own:
        return own
    floor = max(0, question.start - 400)
    for i in range(question.start - 1, floor, -1):
        if doc[i].lower_ == lemma:
            named = owner_named(scene, memory, question, Part(max(floor, i - 6), min(len(doc), i + 10), i), doc[i])
            issuer = named or _issuer(scene, memory, question, doc[i])
            if issuer:
                return issuer
    if lemma not in word_set("spoken_papers"):
        return ()
    for heard in reversed(memory.heard[-6:]):
        near = scene.sentence[question.start] - scene.sentence[heard.at] <= 4
        if near and any(p.kind in (PartyKind.ORGANISATION, PartyKind.GROUP) for p in heard.parties):
            return heard.parties
    return ()


def _issuer(scene: Scene, memory: Memory, question: Question, paper: Token) -> Parties:
    """The subject of the verb a paper hangs on: "X said in a statement", "X published a report"."""
    verb = paper.head.head if paper.dep_ == "pobj" else paper.head
    if verb.pos_ not in ("VERB", "AUX") or paper.dep_ not in ("pobj", "dobj"):
        return ()
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.i >= paper.i or subject.right_edge.i - subject.left_edge.i > 25:
        return ()
    heard = _heard_at(memory, subject.left_edge.i, subject.right_edge.i)
    return heard or _named(scene, memory, question, subject.left_edge.i, subject.right_edge.i + 1)


def _heard_at(memory: Memory, start: int, end: int) -> Parties:
    for heard in reversed(memory.heard[-12:]):
        if start <= heard.at <= end:
            return heard.parties
    return ()
