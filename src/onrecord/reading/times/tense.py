"""Which way in time the verb that governs an expression points."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

import numpy as np
from spacy.tokens import Doc, Token

from onrecord.reading.lexicon import lexicon

PAST, UNSAID, FUTURE = -1, 0, 1
_HIGHEST = 12
# "Monday night, when": so many words behind the weekday.
_WHEN_BEHIND = 3


class Tenses:
    """Looks up the direction at offsets of one document; the table of offsets is made once, when first asked."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts: np.ndarray | None = None

    def token_at(self, offset: int) -> Token | None:
        """The token that covers ``offset``, or the last one before it."""
        if self._starts is None:
            self._starts = self._doc.to_array("IDX") if len(self._doc) else np.zeros(0, dtype=np.uint64)
        index = int(np.searchsorted(self._starts, np.uint64(offset), side="right")) - 1
        return self._doc[index] if index >= 0 else None

    def direction(self, offset: int) -> int:
        """PAST, FUTURE or, where no verb tells, UNSAID."""
        token = self.token_at(offset)
        if token is None:
            return UNSAID
        if _is_put_off(token) or _is_soonest(token):
            return FUTURE
        return _direction_of_when(token) or _direction(token)


@cache
def _sets() -> MappingProxyType[str, frozenset[str]]:
    return MappingProxyType({name: frozenset(words) for name, words in lexicon("times_tense").items()})


def _is_put_off(token: Token) -> bool:
    """Whether something is put off until then ("postponed until Tuesday", "extended the truce until Monday")."""
    if token.i == 0 or token.nbor(-1).lower_ not in ("until", "till"):
        return False
    verb = next((above for above in token.ancestors if above.pos_ == "VERB"), None)
    return verb is not None and verb.lemma_.lower() in _sets()["put_off"]


def _is_soonest(token: Token) -> bool:
    """Whether something may happen "as early as Tuesday"; "as early as Tuesday he warned" is past."""
    before = [t.lower_ for t in token.doc[max(0, token.i - 3) : token.i]]
    if before not in (["as", "soon", "as"], ["as", "early", "as"]):
        return False
    verb = next((above for above in token.ancestors if above.pos_ == "VERB"), None)
    return verb is None or any(child.tag_ in ("MD", "TO") for child in verb.children)


def share_clause(one: Token, other: Token) -> bool:
    """Whether two words hang on one verb, or the second on a clause about what the first belongs to."""
    if one.sent.start != other.sent.start:
        return False
    first, second = (next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None) for token in (one, other))
    if first is None or second is None or first.i == second.i:
        return first is not None and second is not None
    return second.dep_ == "relcl" and any(above.i == second.head.i for above in one.ancestors)


def _direction_of_when(token: Token) -> int:
    """The direction of the clause in "on Monday when shells fell"; UNSAID where there is none or it does not tell."""
    behind = token.doc[token.i + 1 : token.i + 1 + _WHEN_BEHIND]
    when = next((t for t in behind if t.lower_ == "when"), None)
    told = _verb_direction(when.head) if when is not None and when.head.pos_ in ("VERB", "AUX") else UNSAID
    return told if told == PAST else UNSAID


def _direction(token: Token) -> int:
    """The first verb above that tells; nouns of plans on the way tell too."""
    sets = _sets()
    for _ in range(_HIGHEST):
        if token.lower_ in sets["plans"] and token.dep_ not in ("ROOT", "ccomp", "conj", "relcl", "advcl"):
            return FUTURE
        if token.pos_ in ("VERB", "AUX"):
            told = _verb_direction(token)
            if told != UNSAID:
                return told
        if token.head.i == token.i:
            return UNSAID
        token = token.head
    return UNSAID


def _verb_direction(verb: Token) -> int:
    sets = _sets()
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if helpers & sets["ahead"]:
        return PAST if helpers & {"have"} else FUTURE
    if verb.lower_ in sets["plans"] and helpers & (sets["present"] | sets["behind"]):
        return FUTURE
    if helpers & sets["behind"] or verb.tag_ == "VBD":
        return PAST
    if "to" in helpers:
        return _infinitive_direction(verb)
    if verb.tag_ in ("VBZ", "VBP"):
        return FUTURE if verb.lemma_ in sets["announced"] else UNSAID
    if helpers & sets["present"]:
        return FUTURE if verb.tag_ == "VBG" else PAST
    if verb.tag_ == "VBN":
        return FUTURE if verb.lower_ in sets["plans"] else PAST
    return UNSAID


def _infinitive_direction(verb: Token) -> int:
    """ "to meet" lies ahead where the word it hangs on plans, and in headlines and "is to meet"."""
    head = verb.head
    if head.i == verb.i or head.lemma_ in _sets()["planned"] or head.lower_ in _sets()["plans"]:
        return FUTURE
    if head.pos_ in ("VERB", "AUX"):
        return _verb_direction(head) if head.lemma_ not in ("be",) else FUTURE
    if head.pos_ == "ADJ" and head.head.pos_ in ("VERB", "AUX"):  # "was unable to leave on Monday"
        return PAST if _verb_direction(head.head) == PAST else FUTURE
    return UNSAID if head.pos_ == "PROPN" else FUTURE
