"""Who passed a statement on: the outer claimants of a nested one, and outlets the words around it name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.model import Party, Relay, Span
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parties.known import OUTLETS, plain_words
from onrecord.reading.parties.scene import KnownAt, Scene
from onrecord.reading.parties.sources import TokenMap
from onrecord.reading.steps import Attribution

_BEFORE, _AFTER = 12, 30


def outer_relays(claimants: tuple[Party, ...], outer: tuple[Party, ...], source: tuple[Span, ...]) -> tuple[Relay, ...]:
    """The outer claimants of a nested statement as relays, but for those who claim it themselves."""
    own = {p.id for p in claimants}
    return tuple(Relay(p.name, source) for p in outer if p.id not in own)


def named_relays(
    scene: Scene, tokens: TokenMap, attribution: Attribution, claimants: tuple[Party, ...]
) -> tuple[Relay, ...]:
    """Outlets the sentence names as having been told, or as quoting: "told AFP", "according to Interfax"."""
    anchor = attribution.cue or attribution.source
    if not anchor:
        return ()
    start, end = tokens.range(anchor[0].start, anchor[-1].end)
    inside = _inside(tokens, attribution) - _addressed(scene, tokens, attribution)
    found: dict[str, Relay] = {}
    for known in _near(scene, start, end):
        apart = known.start not in inside or _cited_by(scene, known, attribution, tokens)
        if not apart or not (_passes_on(scene, known, start) or _reports_after(scene, known, inside, end)):
            continue
        name = known.known.name
        if name in {p.name for p in claimants} or own_outlet(scene, name):
            continue
        found.setdefault(name, Relay(name, (_span(scene, known),)))
    return tuple(found.values())


def _near(scene: Scene, start: int, end: int) -> Iterator[KnownAt]:
    """The known parties of the cue's sentence, near the cue."""
    if start >= len(scene.doc):
        return
    sentence = scene.sentence[start]
    at = max(0, start - _BEFORE)
    while at < min(len(scene.doc), end + _AFTER):
        known = scene.known_at.get(at)
        if known is not None and scene.sentence[at] == sentence and known.known.type in OUTLETS:
            yield known
        at = known.end if known is not None else at + 1


def _inside(tokens: TokenMap, attribution: Attribution) -> set[int]:
    """Tokens of the content and the source, where a name is not a relay."""
    spans = [s for s in attribution.content if s.end - s.start < 5_000]
    return {i for span in (*spans, *attribution.source) for i in range(*tokens.range(*span))}


def _cited_by(scene: Scene, known: KnownAt, attribution: Attribution, tokens: TokenMap) -> bool:
    """Whether a source span that runs on names who cites it: "the council, quoted by …"."""
    source = {i for span in attribution.source for i in range(*tokens.range(*span))}
    at = known.start - 1 - (scene.doc[known.start - 1].lower_ == "the")
    return known.start in source and at > 0 and f"{scene.doc[at - 1].lower_} {scene.doc[at].lower_}" in _phrases()[1]


def _addressed(scene: Scene, tokens: TokenMap, attribution: Attribution) -> set[int]:
    """Tokens of who was told, where a cut left them at the head of the content: "told | the agency that …"."""
    if not attribution.cue or not attribution.content:
        return set()
    cue_end = tokens.range(*attribution.cue[-1])[1]
    start, end = tokens.range(*attribution.content[0])
    if start != cue_end or start == 0 or scene.doc[start - 1].lower_ not in _phrases()[0]:
        return set()
    stop = start
    while stop < min(end, start + _BEFORE) and (stop in scene.known_at or scene.doc[stop].pos_ in _NOMINAL):
        stop += 1
    clause = stop < end and (
        scene.doc[stop].lower_ == "that" or scene.doc[stop].is_quote or scene.doc[stop].text == ","
    )
    return set(range(start, stop)) if clause or stop == end else set()


_NOMINAL = frozenset(("DET", "ADJ", "NOUN", "PROPN", "PART", "PUNCT"))


@cache
def _phrases() -> tuple[frozenset[str], frozenset[str]]:
    data = lexicon("parties")["relays"]
    return frozenset(data["told"]), frozenset((*data["to"], *data["by"]))


def _passes_on(scene: Scene, known: KnownAt, cue: int) -> bool:
    """Whether the words before an outlet's name make it one who was told or who quotes, or those after do."""
    doc, at = scene.doc, known.start
    told, phrases = _phrases()
    floor = max(0, at - 6)
    for i in range(at - 1, floor - 1, -1):
        two = f"{doc[i - 1].lower_} {doc[i].lower_}" if i > 0 else ""
        if doc[i].lower_ in told or two in phrases:
            return True
        if doc[i].pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "PART", "ADP", "NUM", "PUNCT") or doc[i].text in (
            ";",
            ":",
        ):
            break
    return _quotes(scene, known, cue)


def _quotes(scene: Scene, known: KnownAt, cue: int) -> bool:
    """ "Interfax quoted Shoigu as saying", "TASS, citing Shoigu, reported"."""
    cites = lexicon("parties")["relays"]["cite"]
    doc = scene.doc
    for i in range(known.end, min(len(doc), known.end + 4)):
        if doc[i].lemma_.lower() in cites:
            return i <= cue + 1 or doc[i].tag_ == "VBG"
        if doc[i].pos_ not in ("PUNCT", "AUX", "ADV", "VERB", "NOUN"):
            return False
    return False


def _reports_after(scene: Scene, known: KnownAt, inside: set[int], cue: int) -> bool:
    """ ", the state news agency … reported." at the end of a sentence that has its own source and cue."""
    doc, verb = scene.doc, known.end
    if verb + 1 >= len(doc) or known.start < cue or doc[verb].lemma_.lower() not in ("report", "say", "write"):
        return False
    ends = doc[verb + 1].text in (".", ",") or bool(doc[verb + 1].is_sent_start)
    return ends and bool(inside) and known.start > max(inside)


def according_after(scene: Scene, tokens: TokenMap, attribution: Attribution, cues: set[int]) -> tuple[int, int] | None:
    """Tokens of whom an "according to" after the cue names, in the cue's sentence, outside source and content,
    where it is no statement's own cue (``cues`` are the tokens of those)."""
    anchor = attribution.cue
    doc = scene.doc
    if not anchor or attribution.within is not None:
        return None
    at = tokens.range(anchor[0].start, anchor[-1].end)[1]
    inside = _inside(tokens, attribution)
    while 0 < at < len(doc) - 2 and scene.sentence[at] == scene.sentence[at - 1]:
        if doc[at].lower_ == "according" and doc[at + 1].lower_ == "to" and at not in inside and at not in cues:
            end = start = at + 2
            while end < len(doc) and end - start < 14 and not _closes(scene, end, start):
                end += 1
            return (start, end) if end > start and start not in inside else None
        at += 1
    return None


def _closes(scene: Scene, i: int, start: int) -> bool:
    token = scene.doc[i]
    return token.text in (",", ".", ";", "—", "–", "(", "”", '"') or scene.sentence[i] != scene.sentence[start]


def own_outlet(scene: Scene, name: str) -> bool:
    """Whether an outlet is the one that published the document: what it was told is its own report."""
    if name in scene.own_outlets:
        return True
    publisher = scene.parsed.document.publisher
    if not publisher:
        return False
    own, other = ("".join(plain_words(words)).lower() for words in (publisher, name))
    return own in other or other in own


def _span(scene: Scene, known: KnownAt) -> Span:
    first, last = scene.doc[known.start], scene.doc[known.end - 1]
    return Span(first.idx, last.idx + len(last))


def carried_on(
    relays: list[tuple[Relay, ...]], claimants: list[tuple[Party, ...]], near: list[bool]
) -> list[tuple[Relay, ...]]:
    """A relay named for one statement may have passed on the next by the same claimant too: kept as not certain.

    ``near[i]`` says that statement i goes on from the one before, by a pronoun or in the next sentence.
    """
    result = list(relays)
    for i in range(1, len(relays)):
        if near[i] and not relays[i] and claimants[i] and claimants[i] == claimants[i - 1]:
            result[i] = tuple(Relay(r.name, r.spans, certain=False) for r in result[i - 1])
    return result
