"""Which texts are copies of one another: found by their words as they come in, asked for afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, or_, select

from onrecord.ledger import tables as t
from onrecord.ledger.dialects import among
from onrecord.ledger.rows import Laid
from onrecord.ledger.shingles import Hashes, bands_of, jaccard, shingles, shingles_of
from onrecord.model import Document

NEAR = 0.4
"""Jaccard similarity of five-word runs from which two texts are near copies: set by hand. Texts that are just so alike
have a band in common, by which they are found, with a probability of .80, those more alike with a higher one
(``shingles.BANDS``)."""

_HOLDERS = 8  # texts that keep a band: the next one with it is compared with these
_COMPARED = 20  # of those with a band in common, the ones with most
_PARAMETERS = 500


@dataclass(frozen=True, slots=True)
class Copy:
    """A text that is a copy of another: its id, whether it is exact (the same but for case, accents, punctuation and
    white space) or near, and how alike they are, 0 to 1."""

    document: str
    kind: str
    likeness: float


@dataclass(slots=True)
class Copies:
    """Finds what new texts are copies of: those on the record, and those that came before in the same batch."""

    connection: Connection
    _bands: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _likeness: dict[str, str] = field(default_factory=dict)
    _words: dict[str, Hashes] = field(default_factory=dict)

    def rows(self, new: Sequence[Document]) -> Iterator[tuple[str, Laid]]:
        """For each of ``new``, whose texts are not on the record yet, its bands and the texts it is a copy of."""
        words = dict(zip([d.id for d in new], shingles_of(d.text for d in new), strict=True))
        found = dict(zip(words, bands_of(words.values()), strict=True))
        self._look_up({band for one in found.values() for band in one}, {document.likeness for document in new})
        near: dict[str, list[str]] = {}
        for document in new:
            near[document.id] = self._near(found[document.id])
            yield document.id, iter([*self._kept(document.id, found[document.id])])
        self._words |= words
        self._hold({id_ for ids in near.values() for id_ in ids} - self._words.keys())
        for document in new:
            yield document.id, iter([*self._copies(document, words[document.id], near[document.id])])
            self._likeness.setdefault(document.likeness, document.id)

    def _look_up(self, asked: Collection[str], likenesses: Collection[str]) -> None:
        b, d = t.bands.c, t.documents.c
        for some in in_parts(sorted(asked - self._bands.keys())):
            holding = select(b.band, b.document).where(among(self.connection, b.band, some))
            for row in self.connection.execute(holding):
                self._bands[row.band].append(row.document)
        for some in in_parts(sorted(likenesses - self._likeness.keys())):
            same = among(self.connection, d.likeness, some)
            there = select(d.likeness, d.id).where(same).order_by(d.likeness, d.batch.desc(), d.id)
            self._likeness.update({row.likeness: row.id for row in self.connection.execute(there)})

    def _near(self, found: Sequence[str]) -> list[str]:
        """The texts with most bands in common."""
        shared: dict[str, int] = defaultdict(int)
        for band in found:
            for id_ in self._bands.get(band, ()):
                shared[id_] += 1
        return sorted(shared, key=lambda id_: (-shared[id_], id_))[:_COMPARED]

    def _hold(self, ids: Collection[str]) -> None:
        """The words of texts on the record, until the batch is done."""
        for some in in_parts(sorted(ids)):
            found = self.connection.execute(
                select(t.documents.c.id, t.documents.c.text).where(among(self.connection, t.documents.c.id, some))
            ).all()
            self._words.update(zip([row.id for row in found], shingles_of(row.text for row in found), strict=True))

    def _copies(self, document: Document, words: Hashes, near: Sequence[str]) -> Laid:
        same = self._likeness.get(document.likeness) if len(words) else None
        if same:
            yield t.copies, {"of": same, "kind": "exact", "likeness": 1.0}
        for id_ in near:
            alike = jaccard(words, self._words[id_]) if id_ in self._words else 0.0
            if id_ != same and alike >= NEAR:
                yield t.copies, {"of": id_, "kind": "near", "likeness": round(alike, 4)}

    def _kept(self, document: str, found: Sequence[str]) -> Laid:
        """The bands of a text that few others keep, so that what is copied a thousand times is found as quickly."""
        for n, band in enumerate(found):
            holders = self._bands[band]
            if len(holders) < _HOLDERS:
                holders.append(document)
                yield t.bands, {"n": n, "band": band}


def copies(connection: Connection, document: str) -> list[Copy]:
    """Every text that is a copy of ``document``, of one of its copies, and so on, the most alike first.

    ``likeness`` is with ``document`` itself, so that it may be lower than what makes two texts near copies.
    """
    d = t.documents.c
    family = _family(connection, document)
    if not family:
        return []
    own = connection.execute(select(d.likeness, d.text).where(d.id == document)).one()
    words = shingles(own.text)
    found = []
    for some in in_parts(sorted(family)):
        for row in connection.execute(select(d.id, d.likeness, d.text).where(d.id.in_(some))):
            exact = row.likeness == own.likeness
            alike = 1.0 if exact else round(jaccard(words, shingles(row.text)), 4)
            found.append(Copy(row.id, "exact" if exact else "near", alike))
    return sorted(found, key=lambda copy: (-copy.likeness, copy.document))


def _family(connection: Connection, document: str) -> set[str]:
    c = t.copies.c
    found, new = {document}, {document}
    while new:
        linked: set[str] = set()
        for some in in_parts(sorted(new)):
            asked = select(c.document, c.of).where(or_(c.document.in_(some), c.of.in_(some)))
            linked.update(id_ for row in connection.execute(asked) for id_ in row)
        new = linked - found
        found |= new
    return found - {document}


def in_parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at a time as a query takes well."""
    for start in range(0, len(values), _PARAMETERS):
        yield values[start : start + _PARAMETERS]
