"""Private persons kept out of an export: who is one, what is said instead of a name, and names blotted out of words.

A private person is a claimant, a person, whose role in the text is no office, rank or part in public life, and whom
nothing else makes known. The roles that do are ``data/en/public_roles.toml``.
"""

from __future__ import annotations

import hmac
import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from onrecord.model import Party, PartyKind, normalised

BLOT = "█"
"""What stands for each character of a name that was taken out of words, so that all offsets hold."""

_WORD = re.compile(r"[^\W_][\u0300-\u036f]*(?:[’'ʼ]?[^\W_][\u0300-\u036f]*)*")
_GENITIVE = re.compile(r"[’'ʼ]s?$")
_BETWEEN = re.compile(r"[\s.\-‐‑]{1,3}")  # between two parts of a name
_HANDLE = frozenset("@#_")  # before a word of a handle or hashtag
_TELLING = 5  # letters of a part of a name that tells it within a longer word


def is_public_role(role: str | None) -> bool:
    """Whether a role, as printed, is an office, a rank, or a part in public life: its head tells, not what it is of.

    >>> is_public_role("deputy head of the district council"), is_public_role("wife of the mayor")
    (True, False)
    >>> is_public_role("the mayor’s driver"), is_public_role("resident, former mayor"), is_public_role(None)
    (False, True, False)
    """
    return any(_head(part) in _words()["public"] for part in _roles(role or ""))


def _roles(role: str) -> list[list[str]]:
    """The several roles in a role, each as its words up to where its head ends."""
    roles: list[list[str]] = [[]]
    open_ = True
    for word in re.findall(r"[^\s,;/()]+|[,;/()]", role.lower()):
        if not word[0].isalnum() or word in _words()["parts"]:
            roles.append([])
            open_ = True
        else:
            open_ = open_ and word not in _words()["ends"]
            if open_:
                roles[-1].append(word)
    return roles


def _head(words: list[str]) -> str:
    """The noun a role turns on: the last word, or the first of one that hyphens hold together."""
    last = _GENITIVE.sub("", words[-1].strip(".")) if words else ""
    return last if last in _words()["public"] else last.partition("-")[0]


@cache
def _words() -> dict[str, frozenset[str]]:
    path = files("onrecord.exports") / "data" / "en" / "public_roles.toml"
    return {name: frozenset(words) for name, words in tomllib.loads(path.read_text(encoding="utf-8")).items()}


@dataclass(frozen=True, slots=True)
class Privacy:
    """Who is named in one export: ``is_known`` tells a person known to the public, ``secret`` makes the pseudonyms.

    The same name has the same pseudonym all through an export, and another in the next.
    """

    secret: bytes
    is_known: Callable[[Party], bool] = lambda party: False

    def is_private(self, party: Party) -> bool:
        """Whether a party is a private person."""
        return party.kind is PartyKind.PERSON and not is_public_role(party.role) and not self.is_known(party)

    def among(self, parties: Iterable[Party], regions: Collection[str] = ()) -> Names:
        """The names to keep out of a document in which ``parties`` speak, in every form they were taken in.

        Of several forms of one party the last tells whether it is private: the newest reader's, or a person's. What is
        the name of a country or region of the document was taken for a person by mistake, and stays in its words.
        """
        wide = {_person(name).parts for name in regions}
        everyone = tuple(parties)
        last = {p.id: p for p in everyone}
        ids = frozenset(id_ for id_, p in last.items() if self.is_private(p))
        persons = dict.fromkeys(_person(p.name) for p in everyone if p.id in ids)
        public = frozenset(part for p in everyone if p.id not in ids for part in _person(p.name).parts)
        named = tuple(person for person in persons if person.parts and person.parts not in wide)
        return Names(self, ids, named, public)

    def pseudonym(self, name: str) -> str:
        """What a private person is called."""
        return f"private person {self._hash(name)[:8]}"

    def party(self, party: Party) -> Party:
        """A private person as an export shows him or her: under a pseudonym, and an id that the name is not in."""
        return replace(party, id=self._hash(party.name)[:16], name=self.pseudonym(party.name))

    def _hash(self, name: str) -> str:
        return hmac.new(self.secret, normalised(name).encode("utf-8", "replace"), "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Person:
    """A name by its parts, as they are compared; ``small`` where it was printed without capitals."""

    parts: frozenset[str]
    small: bool = False

    def goes_by(self, word: str, handle: bool) -> bool:
        """Whether a word is a part of the name, printed as one, or holds one in a ``handle`` or hashtag."""
        plain = _plain(word)
        if plain in self.parts:
            return self.small or handle or _is_name(word)
        return handle and any(part in plain for part in self.parts if len(part) >= _TELLING)


@dataclass(frozen=True, slots=True)
class Names:
    """The private persons of a document: the ids of their parties, their names, and the parts public parties bear."""

    privacy: Privacy
    ids: frozenset[str] = frozenset()
    persons: tuple[Person, ...] = ()
    public: frozenset[str] = frozenset()

    def blotted(self, text: str, *, own: bool = False) -> str:
        """``text`` with every name of a private person blotted out, one character for one.

        A part of the name that a public party of the document bears too (a surname in common) is taken out where it
        stands beside another part of the name, and everywhere in the person's ``own`` words of introduction.

        >>> names = Privacy(b"").among([Party("1", "Jan Novak", PartyKind.PERSON)])
        >>> names.blotted("Novák’s son, J. Novak, saw a novak")
        '█████’█ son, █. █████, saw a novak'
        """
        out = list(text)
        words = list(_WORD.finditer(text)) if self.persons else []
        for person in self.persons:
            for start, end in self._hits(text, words, person, own):
                out[start:end] = (BLOT if c.isalnum() else c for c in text[start:end])
        return "".join(out)

    def is_in(self, text: str) -> bool:
        """Whether the part of a name that no public party bears stands in an address, in any dress.

        >>> names = Privacy(b"").among([Party("1", "Jan Novak", PartyKind.PERSON)])
        >>> [names.is_in(url) for url in ("/2023/novak-tells", "/jannovak.html", "/nova-kakhovka")]
        [True, True, False]
        """
        plain = normalised(text)
        telling = {part for person in self.persons for part in person.parts - self.public}
        return any(part in plain.split() or (len(part) >= _TELLING and part in plain) for part in telling)

    def _hits(self, text: str, words: Sequence[re.Match[str]], person: Person, own: bool) -> Iterator[tuple[int, int]]:
        """Where a name stands: its parts, and the initials beside them."""
        named = [person.goes_by(word.group(), _in_handle(text, word)) for word in words]
        shared = [_plain(word.group()) in self.public for word in words]
        for n, word in enumerate(words):
            near = [m for m in (n - 1, n + 1) if 0 <= m < len(words) and named[m] and _touch(text, words, n, m)]
            beside = any(own or not shared[m] for m in near)
            if (named[n] and (own or near or not shared[n])) or (beside and _is_initial(word.group())):
                yield word.span()


def _touch(text: str, words: Sequence[re.Match[str]], n: int, m: int) -> bool:
    """Whether two neighbouring words can be parts of one name."""
    first, second = sorted((n, m))
    return _BETWEEN.fullmatch(text[words[first].end() : words[second].start()]) is not None


def _in_handle(text: str, word: re.Match[str]) -> bool:
    """Whether a word stands in a handle, a hashtag, or a name with underscores."""
    start, end = word.span()
    return text[max(0, start - 1) : start] in _HANDLE or text[end : end + 1] == "_"


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _is_name(word: str) -> bool:
    """Whether a word is printed as a name is: with a capital, or in a script that has none."""
    return word[0].isupper() or word[0] == word[0].swapcase()


def _person(name: str) -> Person:
    """A name by its parts: not its particles, which are printed small, nor its initials."""
    words = [word for word in _WORD.findall(name) if len(word) > 1]
    printed = [word for word in words if _is_name(word)]
    return Person(frozenset(map(_plain, printed or words)), small=not printed)


def _plain(word: str) -> str:
    """A word without genitive, case and accents.

    >>> _plain("Zoë’s"), _plain("O’HARA")
    ('zoe', 'ohara')
    """
    letters = unicodedata.normalize("NFKD", _GENITIVE.sub("", word)).casefold()
    return "".join(c for c in letters if c.isalnum())
