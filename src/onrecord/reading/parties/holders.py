"""People known from the data: whose side they are on, which office they hold, and their full name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.reading.lexicon import lexicon
from onrecord.reading.parties.names import alike, same_first, sound

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of the data files. ``since`` and ``until`` are the years of the office; ``common`` says that the
    surname alone may well be another's."""

    name: str
    side: str | None
    office: str | None = None
    since: int = 0
    until: int = 9999
    common: bool = False
    also: tuple[str, ...] = ()

    def holds(self, words: frozenset[str]) -> bool:
        """Whether the words of a role name this person's office."""
        return any(set(title.split()) <= words for title in _titles().get(self.office or "", ()))


def holder_of(forms: Iterable[Form], year: int | None) -> Holder | None:
    """The known person that the printed ``forms`` of a name denote, in the row of that year where there are several.

    >>> holder_of([("Zelensky",)], 2023).name
    'Volodymyr Zelenskyy'
    >>> holder_of([("Johnson",)], 2023) is None
    True
    """
    given = set(forms)
    full = [f for f in given if len(f) > 1]
    near = {id(h): h for form in given for key in _keys(form) for h in _index().get(key, ())}
    found = [h for h in near.values() if any(_fits(h, form) for form in full or given)]
    if len({h.name for h in found}) != 1:
        return None
    return next((h for h in found if year is None or h.since <= year <= h.until), found[0])


def is_known_alone(surname: str) -> bool:
    """Whether a surname is enough to mean one known person.

    >>> is_known_alone("Hemedti"), is_known_alone("Johnson")
    (True, False)
    """
    return holder_of([(surname,)], None) is not None


def _fits(holder: Holder, form: Form) -> bool:
    for name in (holder.name, *holder.also):
        own = _bare(tuple(name.split()))
        bare = _bare(form)
        if len(bare) == 1:
            alone = len(own) == 1 or not holder.common
            if alone and sound(bare[0]) == sound(own[-1]):
                return True
        elif len(own) > 1 and alike(bare[-1], own[-1]) and same_first(bare[0], own[0]):
            return True
    return False


def _bare(form: Form) -> Form:
    """A name's words without the article of Arabic surnames."""
    words = [w[3:] if w.lower().startswith(("al-", "el-")) and len(w) > 4 else w for w in form]
    return tuple(w for w in words if w.lower() not in ("al", "el")) or form


def _keys(form: Form) -> set[str]:
    return {sound(_bare(form)[-1])[:2]}


@cache
def _index() -> dict[str, tuple[Holder, ...]]:
    """The known people by the first sounds of their surnames."""
    index: dict[str, list[Holder]] = {}
    for side, rows in lexicon("parties_holders")["sides"].items():
        for row in rows:
            facts = {k: v for k, v in row.items() if k not in ("wikidata", "also")}
            holder = Holder(side=None if side == "none" else side, also=tuple(row.get("also", ())), **facts)
            for key in {k for name in (holder.name, *holder.also) for k in _keys(tuple(name.split()))}:
                index.setdefault(key, []).append(holder)
    return {key: tuple(found) for key, found in index.items()}


def office_named(words: frozenset[str]) -> str | None:
    """The office of a state that the words of a role name, one that a single person holds."""
    found = [o for o in _SINGLE if any(set(title.split()) == words for title in _titles()[o])]
    return found[0] if found else None


_SINGLE = ("president", "prime minister", "defence minister", "foreign minister")


@cache
def _titles() -> dict[str, tuple[str, ...]]:
    """The titles of each office, hyphens apart and small words left out, as roles are compared."""
    small = ("of", "in", "the", "for")
    return {
        office: tuple(" ".join(w for w in t.replace("-", " ").split() if w not in small) for t in titles)
        for office, titles in lexicon("parties_holders")["offices"].items()
    }
