"""Whether a count is so many more (increment), so many until then (total) or so many there are (stock)."""

from __future__ import annotations

import re
from functools import cache

from onrecord.model import FigureKind
from onrecord.reading.figures.drafts import Around, Draft
from onrecord.reading.figures.governors import verb_of
from onrecord.reading.lexicon import lexicon


def tally_of(draft: Draft, around: Around) -> str | None:
    """ "increment", "total" or "stock" where the words tell which, else None."""
    m, text = draft.m, around.text
    if m.hedged.numeral.signed and m.kind is FigureKind.CHANGE:
        return "increment"
    if m.kind is not FigureKind.COUNT or draft.measure == "age":
        return None
    listed = _OTHERS.match(text, m.end) is not None and _AND.search(text[max(0, m.start - 60) : m.start]) is not None
    if not listed and _beside("increment", draft, text):
        return "increment"
    first, last = _clause(text, draft, *around.tokens.sentence_span(m.start))
    if _beside("total", draft, text):
        return "total"
    if _within("increment").search(text, first, last):
        return "increment"
    if (
        _reached(draft)
        or _within("total").search(text, first, last)
        or (draft.dated is not None and _since(draft, text))
    ):
        return "total"
    return "stock" if _held(draft) or _within("stock").search(text, first, last) else None


# "ten killed and dozens more wounded": more than the ten, not since then
_OTHERS = re.compile(r"\s(?:more|others?)\b")
_AND = re.compile(
    r"(?:\d|\b(?:dozens?|scores|hundreds|thousands|several|one|two|three|four|five|six|seven|eight|nine|ten))\b[^.;]*$"
)


def _beside(table: str, draft: Draft, text: str) -> bool:
    before, after = _patterns(table)
    m = draft.m
    end = m.noun.token.idx if m.noun is not None and m.noun.token.idx > m.end else m.end
    left = m.hedged.numeral.left
    return before.search(text[max(0, left - 40) : left]) is not None or after.search(text[m.end : end + 30]) is not None


@cache
def _patterns(table: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = lexicon("figures_measures")["tally"][table]
    before, after = "|".join(data["before"]), "|".join(data["after"])
    return (
        re.compile(
            rf"\b(?:{before})\s(?:(?:at least|about|around|some|nearly|over|more than|up to)\s)?$", re.IGNORECASE
        ),
        re.compile(rf"^\s?(?:{after})(?!\w)", re.IGNORECASE),
    )


@cache
def _within(table: str) -> re.Pattern[str]:
    words = "|".join(lexicon("figures_measures")["tally"][table]["within"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


_CLAUSE = re.compile(r"[;:]|,\s(?:and|but|while|whereas|with|including)\s|\sand\s(?=[^,;]{0,30}\d)")


def _clause(text: str, draft: Draft, first: int, last: int) -> tuple[int, int]:
    """The clause that the figure stands in, told by punctuation."""
    for match in _CLAUSE.finditer(text, first, last):
        if match.end() <= draft.m.start:
            first = match.end()
        elif match.start() >= draft.m.end:
            return first, match.start()
    return first, last


def _reached(draft: Draft) -> bool:
    """ "the toll rose to 12,000", "brings the number of dead to 40"."""
    verb, data = verb_of(draft.m.token), lexicon("figures_measures")["tally"]["reached"]
    own = draft.sense.word is not None and draft.sense.word.i > draft.m.token.i
    if own or verb is None or verb.lemma_.lower() not in data["verbs"]:
        return False
    named = [c.lemma_.lower() for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "obj")]
    return any(word in data["nouns"] for word in named)


def _since(draft: Draft, text: str) -> bool:
    start = draft.dated.start if draft.dated is not None else 0
    return re.search(r"\bsince\b[^.;]{0,60}$", text[max(0, start - 70) : start + 5], re.IGNORECASE) is not None


def _held(draft: Draft) -> bool:
    """ "has 300 tanks", "are held", "remain trapped": the present of having, keeping and being."""
    if draft.measure in ("strength", "trapped", "territory controlled", "territory"):
        return True
    verb = verb_of(draft.m.noun.token if draft.m.noun is not None else draft.m.token)
    if verb is None or verb.lemma_.lower() not in lexicon("figures_measures")["tally"]["stock"]["verbs"]:
        return False
    return verb.tag_ in ("VBZ", "VBP") or any(
        c.tag_ in ("VBZ", "VBP") and c.dep_ in ("aux", "auxpass") for c in verb.children
    )
