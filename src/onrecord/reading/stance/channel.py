"""By which medium words reached the public: a statement, a briefing, Telegram."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from onrecord.reading.lexicon import lexicon
from onrecord.reading.stance.wording import Wording

_LONGEST_NAME = 4


def channel_of(wording: Wording) -> str | None:
    """The medium named beside the cue, by the cue itself or as the source; None where the text names none."""
    inside = frozenset(t.i for t in wording.content[_cut_off(wording) :])
    return _speaking(wording) or _beside(wording, inside) or _of_verb(wording)


def _cut_off(wording: Wording) -> int:
    """How many words at the head of the content are the medium's: "said in a | statement that …"."""
    if not wording.cue or not wording.content or wording.content[0].i != wording.cue[-1].i + 1:
        return 0
    for at, token in enumerate(wording.content[:5]):
        if token.lower_ in ("that", ",", ":"):
            return at
    return 0


def medium_speaks(wording: Wording) -> bool:
    """Whether a medium itself is credited ("the report said")."""
    return _speaking(wording) is not None


def _speaking(wording: Wording) -> str | None:
    """The medium that is itself credited: "the report said", "satellite images show"."""
    head = wording.source_head
    if head is None or head.lower_ not in _words("speaking"):
        return None
    platform = (_platforms().get(t.lower_) for t in wording.source)
    return next((p for p in platform if p is not None), None) or _name(head)


def _beside(wording: Wording, inside: frozenset[int]) -> str | None:
    """The medium in a phrase on the cue ("said in a statement") or spoken to ("told a news conference")."""
    for token in wording.cue:
        if not token.is_punct and (found := _on(token, inside)) is not None:
            return found
    head = wording.cue_head
    governor = head.head if head is not None and head.dep_ in ("xcomp", "advcl", "conj", "pcomp") else None
    return _on(governor, inside) if governor is not None and governor.i not in inside else None


def _on(verb: Token, inside: frozenset[int]) -> str | None:
    for child in verb.children:
        if child.i in inside:
            continue
        if child.dep_ == "prep" and child.lower_ in _words("prepositions"):
            found = (_medium(n) for n in child.children if n.dep_ == "pobj" and n.i not in inside)
        elif child.dep_ in ("dobj", "dative") and verb.lemma_.lower() in _words("addressed"):
            found = (_medium(n) for n in (child,) if n.lower_ not in _words("outlets"))
        else:
            continue
        if (name := next((n for n in found if n is not None), None)) is not None:
            return name
    return None


def _medium(noun: Token) -> str | None:
    if noun.text == "X" and noun.head.lower_ == "on":
        return "X"
    return _name(noun)


def _name(noun: Token) -> str | None:
    """The longest name of a medium that ends with ``noun``: "video address" of "a late-night video
    address"."""
    doc = noun.doc
    for length in range(_LONGEST_NAME, 0, -1):
        start = noun.i - length + 1
        if start < 0:
            continue
        words = " ".join(doc[i].lower_ for i in range(start, noun.i + 1))
        if words in _words("media") or words in _words("speaking"):
            return _platforms().get(words) or _same().get(words) or words
    return None


def _of_verb(wording: Wording) -> str | None:
    verbs = lexicon("stance")["channels"]["verbs"]
    found = (verbs.get(t.lemma_.lower()) for t in wording.cue if t.pos_ == "VERB")
    return next((name for name in found if name is not None), None)


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("stance")["channels"][table])


def _platforms() -> dict[str, str]:
    platforms: dict[str, str] = lexicon("stance")["channels"]["platforms"]
    return platforms


def _same() -> dict[str, str]:
    same: dict[str, str] = lexicon("stance")["channels"]["same"]
    return same
