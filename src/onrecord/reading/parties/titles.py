"""What a text says of a person beside the name: role, side and gender, from titles and appositions."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.reading.parties.holders import holder_of
from onrecord.reading.parties.scene import PersonAt, Range, Scene, country_of, word_set

_REACH = 16
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "NUM"))
_LINKS = frozenset(("of", "for", "to", "at", "in", "the", "and", "-", "'s", "’s", "'", "’"))


def tell_of_people(scene: Scene) -> None:
    """Gives each person the first role, side and gender that stand beside a mention."""
    for mention in scene.persons:
        for words in (_before(scene, mention), _after(scene, mention)):
            if words is not None:
                _note(scene, mention, words)
        if mention.person.gender is None and mention.start > 0:
            mention.person.gender = _gender([scene.doc[mention.start - 1]])
    published = scene.parsed.document.published
    for person in scene.people.all:
        holder = holder_of(person.forms, published.year if published else None)
        if holder is not None:
            person.known, person.post = holder.name, holder.office
            once = any(w in word_set("past") for w in (person.role or "").lower().split())
            person.side = person.side or (None if once else holder.side)
    for mention in scene.persons:
        if mention.person.side is None and mention.person.role:
            mention.person.side = _side_of_principal(scene, mention)


def _side_of_principal(scene: Scene, mention: PersonAt) -> str | None:
    """The side of the person whose aide, spokesman or chief someone is: "Petrenko's security chief Ivan Koval"."""
    start = _nominal_run(scene, mention.start)
    before = scene.person_at.get(start - 1)
    told = any(t.lower_ in word_set("aligned") for t in scene.doc[start : mention.start])
    past = any(t.lower_ in word_set("past") for t in scene.doc[start : mention.start])
    return before.person.side if before is not None and told and not past else None


def _note(scene: Scene, mention: PersonAt, words: Range) -> None:
    person, tokens = mention.person, scene.doc[words[0] : words[1]]
    role = role_text(scene, *words)
    if person.role is None or len(person.role.split()) == 1 < len(role.split()):
        person.role = role or person.role
    person.side = person.side or side_of_words(scene, *words)
    person.gender = person.gender or _gender(tokens)


def _gender(tokens: Iterable[Token]) -> str | None:
    for token in tokens:
        word = token.text.rstrip(".").lower()
        if word in word_set("feminine"):
            return "f"
        if word in word_set("masculine"):
            return "m"
    return None


def is_role(token: Token) -> bool:
    """Whether a token is a noun for what a person is or does."""
    word = token.lemma_.lower()
    if word in word_set("roles") or token.lower_ in word_set("roles"):
        return True
    return token.pos_ == "NOUN" and word.endswith(tuple(word_set("role_endings"))) and word not in word_set("no_roles")


def _before(scene: Scene, mention: PersonAt) -> Range | None:
    """The title before a name: "US Secretary of Defense", "Russia's defense minister"."""
    apposed = _apposed_role(scene, mention)
    if apposed is not None:
        return apposed
    start = _nominal_run(scene, mention.start)
    run = scene.doc[start : mention.start]
    if any(is_role(t) for t in run):
        ranked = all(t.text.rstrip(".").lower() in word_set("ranks") for t in run)
        apart = _segment_before(scene, start) if ranked and start and scene.doc[start - 1].text == "," else None
        return apart or (start, mention.start)
    link = start - 1
    while link > 0 and scene.doc[link].lower_ == "the":
        link -= 1
    if link < 1 or scene.doc[link].lower_ not in ("of", "for", "at"):
        return None
    if scene.doc[link].lower_ != "of" and scene.doc[mention.start - 1].text.rstrip(".").lower() in word_set("titles"):
        return None
    head = _nominal_run(scene, link)
    reached = head < link and is_role(scene.doc[link - 1]) and start < mention.start
    return (head, mention.start) if reached else None


def _apposed_role(scene: Scene, mention: PersonAt) -> Range | None:
    """The role a name stands in apposition to: "the defence minister, Oleksii Reznikov"."""
    doc = scene.doc
    if mention.start < 2 or doc[mention.start - 1].text not in (",", "-", "–", "—"):
        return None
    root = doc[mention.end - 1]
    head = root.head
    if root.dep_ == "appos" and head.i < mention.start <= head.i + _REACH and is_role(head):
        return max(head.left_edge.i, head.i - 8), mention.start - 1
    return _segment_before(scene, mention.start)


def _segment_before(scene: Scene, name: int) -> Range | None:
    """ "The head of the service, Ana Reyes": the words from the last break on, if their noun is a role."""
    doc, end = scene.doc, name - 1
    start = end
    while start > max(0, end - _REACH) and _in_apposition(scene, start - 1, name):
        start -= 1
    head = _first_head(scene, start, end)
    begins = start < end and (doc[start].lower_ in ("the", "a", "an", "its") or country_of(doc[start]) is not None)
    return (start, end) if begins and head is not None and is_role(doc[head]) else None


def _nominal_run(scene: Scene, end: int) -> int:
    """Start of the nouns, adjectives and possessives that end before ``end``."""
    start = end
    while start > max(0, end - _REACH):
        token = scene.doc[start - 1]
        known = scene.known_at.get(token.i)
        if known is not None and known.end == start:
            start = known.start
        elif (
            (
                token.pos_ in _NOMINAL
                or token.lower_ in ("'s", "’s", "-")
                or is_role(token)
                or token.lower_ in word_set("past")
            )
            and scene.sentence[token.i] == scene.sentence[end - 1]
            and token.i not in scene.person_at
        ):
            start -= 1
        else:
            break
    while start < end and scene.doc[start].lower_ in ("'s", "’s", "-"):
        start += 1
    return start


def _after(scene: Scene, mention: PersonAt) -> Range | None:
    """The apposition after a name: ", the head of …", "director of …" where a comma was lost."""
    doc, at = scene.doc, mention.end
    marked = at < len(doc) and doc[at].text in (",", "-", "–", "—", "(")
    if marked:
        at += 1
        if at + 1 < len(doc) and doc[at].is_digit and doc[at + 1].text == ",":
            at += 2
    end = at
    while end < min(len(doc), at + _REACH) and _in_apposition(scene, end, mention.end):
        end += 1
    head = _first_head(scene, at, end)
    if head is None or not is_role(doc[head]):
        return None
    if not marked and (
        mention.end - mention.start < 2 or head + 1 >= end or doc[head + 1].pos_ != "ADP" or doc[head].tag_ == "NNS"
    ):
        return None
    return at, end


def _in_apposition(scene: Scene, i: int, after: int) -> bool:
    token = scene.doc[i]
    if i in scene.known_at:
        return True
    if i in scene.person_at or scene.sentence[i] != scene.sentence[after - 1]:
        return False
    return (
        token.pos_ in _NOMINAL or token.lower_ in _LINKS or token.pos_ in ("DET", "ADP", "ADV") or token.tag_ == "VBN"
    )


def _first_head(scene: Scene, start: int, end: int) -> int | None:
    """The last noun before the first preposition."""
    head = None
    for i in range(start, end):
        token = scene.doc[i]
        if token.pos_ == "ADP" and token.lower_ != "under" and i not in scene.known_at:
            break
        if token.pos_ in ("NOUN", "PROPN") or is_role(token):
            head = i
    return head


def role_text(scene: Scene, start: int, end: int) -> str:
    """A role without article, country and possessive in front."""
    doc = scene.doc
    while start < end and (
        doc[start].lower_ in ("the", "a", "an", "'s", "’s", "'", "’", "then", "its", "his", "her", "their")
        or country_of(doc[start]) is not None
        or doc[start].is_punct
    ):
        start += 1
    while end - start > 1 and doc[end - 1].text.endswith(".") and doc[end - 1].text[:1].isupper():  # a rank
        end -= 1
    while end > start and (
        doc[end - 1].pos_ in ("ADP", "DET", "CCONJ") or doc[end - 1].is_punct or doc[end - 1].lower_ in ("'s", "’s")
    ):
        end -= 1
    return doc[start:end].text if start < end else ""


def side_of_words(scene: Scene, start: int, end: int) -> str | None:
    """Whose side the words of a role or a group put someone on: that of the first state or party named in them,
    when a role that speaks for one is there and not a past one."""
    doc = scene.doc
    lowered = [t.lower_ for t in doc[start:end]]
    aligned = word_set("aligned")
    if any(w in word_set("past") for w in lowered):
        return None
    if not any(w in aligned for w in lowered):
        return None
    against = not word_set("apart").isdisjoint(lowered)  # "Syrian rebel commanders" are not the state's
    for i in range(start, end):
        if doc[i].lower_ == "opposition" and i > start and (of := country_of(doc[i - 1])):
            return f"{of.demonyms[0]} opposition"
    for i in range(start, end):
        known = scene.known_at.get(i)
        if known is not None and known.known.side:
            return known.known.side
        if i + 1 < end and doc[i + 1].text == "-":  # "UK-based", "US-led", "Russian-backed"
            continue
        country = country_of(doc[i])
        if country is not None and i not in scene.known_at and not against:
            return country.code
    return None
