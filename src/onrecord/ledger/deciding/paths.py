"""Where in a statement's value a decision stands: a field, a figure by its words, a field of that figure.

``claimant`` is a field of the contract; ``figures[1670-1676]`` the figure on those characters of the text, as
anchored to its words as all else on the record; ``figures[1670-1676].side`` a field of it. Places and relays likewise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onrecord.errors import DecisionError
from onrecord.ledger.laying import Spans, shared

Json = dict[str, Any]

LISTS = ("relays", "figures", "places")
"""The fields whose values stand on words of their own."""
_PATH = re.compile(r"([a-z_]+)(?:\[(\d{1,9})-(\d{1,9})\](?:\.([a-z_]+))?)?")


@dataclass(frozen=True, slots=True)
class Path:
    """A field; with ``words`` the value of it that stands on them; with ``part`` a field of that."""

    field: str
    words: Spans = ()
    part: str | None = None

    def __str__(self) -> str:
        on = "".join(f"[{start}-{end}]" for start, end in self.words)
        return self.field + on + (f".{self.part}" if self.part else "")

    def within(self, other: Path) -> bool:
        """Whether whoever decides on ``other`` decides on this too."""
        wider = Path(self.field, self.words), Path(self.field)
        return other in (self, *wider)


@lru_cache(maxsize=10_000)
def path(text: str) -> Path:
    """The path that is written so. Raises DecisionError for what is none.

    >>> path("figures[1670-1676].side")
    Path(field='figures', words=((1670, 1676),), part='side')
    """
    found = _PATH.fullmatch(text)
    if found is None or (found[2] and (found[1] not in LISTS or int(found[2]) >= int(found[3]))):
        raise DecisionError(f"no field: {text}; write claimant, figures[1670-1676] or figures[1670-1676].side")
    words = ((int(found[2]), int(found[3])),) if found[2] else ()
    return Path(found[1], words, found[4])


def told(value: Json, at: Path) -> Any:
    """What the value says there; None where it says nothing, or the words are not read as such a value."""
    if not at.words:
        return value.get(at.field)
    n = _nth(value, at)
    one = None if n is None else value[at.field][n]
    return one if at.part is None or one is None else one.get(at.part)


def laid(value: Json, at: Path, new: Any, before: Json | None = None) -> Json:
    """The value with ``new`` there; None takes a figure, place or relay out.

    ``before`` is the figure (place, relay) as it was when one of its fields was decided: it stands again where the
    value has lost it.
    """
    if not at.words:
        return {**value, at.field: new}
    n = _nth(value, at)
    every = list(value.get(at.field) or ())
    if at.part is not None:
        whole = before if n is None else every[n]
        if whole is None:
            return value
        new = {**whole, at.part: new}
    every[len(every) if n is None else n : len(every) if n is None else n + 1] = [] if new is None else [new]
    if n is None and at.field != "relays":  # relays have an order of their own: nearest the claimant first
        every.sort(key=lambda one: one.get("spans") or [])
    return {**value, at.field: every}


def _nth(value: Json, at: Path) -> int | None:
    """Which of the field's values stands on the words: the one that shares most of them."""
    near = [(shared(at.words, spans_of(one)), -n) for n, one in enumerate(value.get(at.field) or ())]
    best, n = max(near, default=(0.0, 0))
    return -n if best > 0 else None


def spans_of(value: Json) -> Spans:
    """The spans of a value, as pairs."""
    return tuple((start, end) for start, end in value.get("spans") or ())
